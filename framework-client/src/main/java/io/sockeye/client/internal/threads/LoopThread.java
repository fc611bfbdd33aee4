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

/** A loop with a thread of its own, which the first task starts. */
public final class LoopThread implements Loop {
    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);
    private static final Comparator<TimedTask> BY_TIME =
            Comparator.<TimedTask>comparingLong(task -> task.atMillis).thenComparingLong(task -> task.number);

    /** How many tasks run before due timers are checked. */
    private static final int TASKS_PER_TURN = 256;

    private final ThreadFactory factory;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    /** Accessed by the thread only. */
    private final TreeSet<TimedTask> timers = new TreeSet<>(BY_TIME);

    private long timerCount;

    private volatile Thread thread = Thread.currentThread();
    /** Whether the thread is parked, or is about to park: whoever posts a task must unpark it. */
    private volatile boolean parked;

    private volatile boolean stopped;
    /** Whether the thread runs no more tasks: whoever posts one runs it. */
    private volatile boolean ended;

    public LoopThread(ThreadFactory factory) {
        this.factory = factory;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            runRemaining();
        } else if (!started.get() && started.compareAndSet(false, true)) {
            start();
        } else if (parked) {
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
            runTasks(TASKS_PER_TURN);
            runTimers();
            park();
        }
        ended = true;
        timers.clear();
        runRemaining();
    }

    /** Tasks that come after the end find that the client is closed, and complete what waits for them. */
    private synchronized void runRemaining() {
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

    private void park() {
        parked = true;
        if (tasks.isEmpty() && !stopped) {
            if (timers.isEmpty()) {
                LockSupport.park(this);
            } else {
                long millis = Math.max(1, timers.first().atMillis - nowMillis());
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
            }
        }
        parked = false;
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
        /** Orders tasks of the same time; accessed by the thread only. */
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
