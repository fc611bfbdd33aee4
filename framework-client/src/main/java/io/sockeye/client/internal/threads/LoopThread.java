package io.sockeye.client.internal.threads;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop with a thread of its own, which is started by the first task. */
public final class LoopThread implements Loop {
    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);
    private static final Comparator<TimedTask> BY_TIME =
            Comparator.<TimedTask>comparingLong(task -> task.atMillis).thenComparingLong(task -> task.number);

    /** After so many tasks it is looked whether a timer is due. */
    private static final int TURN = 256;

    private final ThreadFactory factory;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    /** Only the thread touches them. */
    private final TreeSet<TimedTask> timers = new TreeSet<>(BY_TIME);

    private long timerCount;

    private volatile Thread thread = Thread.currentThread();
    /** Whether the thread rests, or is about to: whoever has something for it must wake it. */
    private volatile boolean resting;

    private volatile boolean stopped;
    /** Whether the thread takes no more tasks: whoever has one runs it. */
    private volatile boolean ended;

    public LoopThread(ThreadFactory factory) {
        this.factory = factory;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            runLeftOver();
        } else if (!started.get() && started.compareAndSet(false, true)) {
            start();
        } else if (resting) {
            LockSupport.unpark(thread);
        }
    }

    private void start() {
        var fresh = factory.newThread(this::loop);
        thread = fresh;
        fresh.start();
    }

    private void loop() {
        while (!stopped) {
            runTasks(TURN);
            runTimers();
            rest();
        }
        ended = true;
        timers.clear();
        runLeftOver();
    }

    /** After the end there is nothing to do but to tell those who still want something that they are late. */
    private synchronized void runLeftOver() {
        runTasks(Integer.MAX_VALUE);
    }

    private void runTasks(int most) {
        for (int i = 0; i < most; i++) {
            var task = tasks.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
    }

    private void runTimers() {
        while (!timers.isEmpty() && timers.first().atMillis <= nowMillis()) {
            run(timers.pollFirst().task);
        }
    }

    private void rest() {
        resting = true;
        if (tasks.isEmpty() && !stopped) {
            if (timers.isEmpty()) {
                LockSupport.park(this);
            } else {
                long millis = Math.max(1, timers.first().atMillis - nowMillis());
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
            }
        }
        resting = false;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a task of the client failed", e);
        }
    }

    @Override
    public Timer schedule(Runnable task, long delayMillis) {
        long atMillis = nowMillis() + delayMillis;
        var timed = new TimedTask(task, atMillis);
        execute(timed::enter);
        return timed;
    }

    @Override
    public long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public boolean isCurrent() {
        return started.get() && thread == Thread.currentThread();
    }

    @Override
    public void stop() {
        stopped = true;
        execute(() -> {});
    }

    @Override
    public void awaitEnd(long millis) throws InterruptedException {
        if (started.get() && !isCurrent()) {
            thread.join(Math.max(1, millis));
        }
    }

    private final class TimedTask implements Timer {
        private final Runnable task;
        private final long atMillis;
        /** Tells tasks of the same time apart; the thread's. */
        private long number;

        private TimedTask(Runnable task, long atMillis) {
            this.task = task;
            this.atMillis = atMillis;
        }

        private void enter() {
            if (!ended) {
                number = timerCount++;
                timers.add(this);
            }
        }

        @Override
        public void cancel() {
            execute(() -> timers.remove(this));
        }
    }
}
