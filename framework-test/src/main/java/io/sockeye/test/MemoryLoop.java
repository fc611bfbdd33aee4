package io.sockeye.test;

import io.sockeye.server.host.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one event loop of a server in memory, its clock, and the threads of its handlers: all of it is the thread of the test,
 * which runs what was posted, in order, when it calls {@link #settle}. Time passes in {@link #advance} only. Any thread may post.
 */
final class MemoryLoop implements Loop {
    private final Consumer<Throwable> failures;
    /** Guarded by itself; who waits is notified of tasks that were added, and of those that were run. */
    private final ArrayDeque<Task> tasks = new ArrayDeque<>();
    /** Held by the thread that takes and runs tasks: several threads of a test take turns. */
    private final ReentrantLock running = new ReentrantLock();
    /** Guarded by itself. */
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();

    private volatile long nowMillis;
    private volatile boolean ended;
    /** Whether the present task is one of the loop, not a handler. Only for the thread that holds the lock. */
    private boolean onLoop;
    /** Same as above. */
    private List<Flushable> unflushed = new ArrayList<>();

    /** @param failures is told of what tasks throw */
    MemoryLoop(Consumer<Throwable> failures) {
        this.failures = failures;
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public boolean inLoop() {
        return running.isHeldByCurrentThread() && onLoop;
    }

    @Override
    public void post(Runnable task) {
        post(task, () -> {});
    }

    @Override
    public void post(Runnable task, Runnable dropped) {
        if (ended) {
            dropped.run();
        } else {
            add(new Task(task, true));
        }
    }

    /** The executor of handlers: what it is given is run between the tasks of the loop. */
    void postHandler(Runnable handler) {
        add(new Task(handler, false));
    }

    private void add(Task task) {
        synchronized (tasks) {
            tasks.add(task);
            tasks.notifyAll();
        }
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public void repeat(Duration period, Runnable task) {
        synchronized (timers) {
            timers.add(new Timer(nowMillis + Math.max(1, period.toMillis()), period, task));
        }
    }

    @Override
    public void flushLater(Flushable transport) {
        unflushed.add(transport);
    }

    /** Nothing that is posted runs any more, but for handlers. */
    void end() {
        ended = true;
        synchronized (timers) {
            timers.clear();
        }
    }

    /** Runs all that was posted, and what that posts. Within a handler it does nothing: whoever runs the handler goes on after it. */
    void settle() {
        if (!running.isHeldByCurrentThread()) {
            runAll();
        }
    }

    /** The same, also within a handler. */
    void runAll() {
        running.lock();
        try {
            for (var next = poll(); next != null; next = poll()) {
                run(next);
            }
        } finally {
            running.unlock();
        }
    }

    private @Nullable Task poll() {
        synchronized (tasks) {
            var next = tasks.poll();
            if (next == null) {
                tasks.notifyAll();
            }
            return next;
        }
    }

    private void run(Task task) {
        boolean outer = onLoop;
        onLoop = task.onLoop();
        try {
            task.action().run();
            flush();
        } catch (RuntimeException | Error e) {
            failures.accept(e);
        } finally {
            onLoop = outer;
        }
    }

    private void flush() {
        while (onLoop && !unflushed.isEmpty()) {
            var batch = unflushed;
            unflushed = new ArrayList<>();
            batch.forEach(Flushable::flush);
        }
    }

    /**
     * Runs what is posted until something is done, also by other threads; within a handler, too.
     *
     * @return whether it is done; else that time, of a real clock, is over
     */
    boolean await(BooleanSupplier done, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        runAll();
        while (!done.getAsBoolean() && awaitTask(done, end)) {
            runAll();
        }
        return done.getAsBoolean();
    }

    /** Whether there is something to run, or it is done; else the time is over. */
    private boolean awaitTask(BooleanSupplier done, long endNanos) {
        synchronized (tasks) {
            long left = endNanos - System.nanoTime();
            while (tasks.isEmpty() && !done.getAsBoolean() && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(tasks, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
                left = endNanos - System.nanoTime();
            }
            return left > 0;
        }
    }

    /** Lets time pass, and runs what is due meanwhile at its time. */
    void advance(Duration time) {
        runAll();
        long end = nowMillis + time.toMillis();
        for (var due = nextTimer(end); due != null; due = nextTimer(end)) {
            nowMillis = Math.max(nowMillis, due.atMillis());
            repeat(due.period(), due.action());
            post(due.action());
            runAll();
        }
        nowMillis = end;
    }

    private @Nullable Timer nextTimer(long end) {
        synchronized (timers) {
            var next = timers.peek();
            return next == null || next.atMillis() > end ? null : timers.remove();
        }
    }

    private record Task(Runnable action, boolean onLoop) {}

    private record Timer(long atMillis, Duration period, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.compare(atMillis, other.atMillis);
        }
    }
}
