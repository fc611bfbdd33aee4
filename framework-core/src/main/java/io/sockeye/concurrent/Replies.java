package io.sockeye.concurrent;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks that complete users' futures, one at a time and in order, as long as each is short. If one blocks, for
 * instance because a dependent stage waits for another answer, a second thread runs the tasks behind it. Thread-safe.
 */
public final class Replies implements Executor {
    private static final Logger log = LoggerFactory.getLogger(Replies.class);
    /** Milliseconds between two checks of a task that others wait for. */
    private static final long PERIOD_MILLIS = 10;
    /**
     * A task whose thread is RUNNABLE counts as blocked only after so many checks: the thread may wait for a processor,
     * or for a device, which its state does not show.
     */
    private static final int MAX_CHECKS = 50;

    private final Executor threads;
    private final Later later;
    /** Whether {@link #later} may have stopped running tasks. */
    private final BooleanSupplier closed;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** The worker that runs the tasks; null if there is none. Guarded by {@link #tasks}. */
    private @Nullable Worker current;
    /** Whether a check of the worker is scheduled. Guarded by {@link #tasks}. */
    private boolean watched;

    /** Runs a short task after so many milliseconds. Any thread. */
    @FunctionalInterface
    public interface Later {
        void schedule(Runnable task, long delayMillis);
    }

    /**
     * @param threads must run everything that it is given, on the caller's thread if there is no other
     * @param closed whether {@code later} may have stopped running tasks, since its owner closes: from then on a task
     *     does not wait for one that runs, since no check would find that it blocks
     */
    public Replies(Executor threads, Later later, BooleanSupplier closed) {
        this.threads = threads;
        this.later = later;
        this.closed = closed;
    }

    @Override
    public void execute(Runnable task) {
        Worker fresh = null;
        synchronized (tasks) {
            tasks.add(task);
            if (current == null || (current.thread != null && closed.getAsBoolean())) {
                fresh = new Worker();
                current = fresh;
            } else if (!watched) {
                watched = true;
                scheduleCheck(current, current.started, 1);
            }
        }
        if (fresh != null) {
            threads.execute(fresh);
        }
    }

    /** Whether a task waits to be started. */
    public boolean isBehind() {
        synchronized (tasks) {
            return !tasks.isEmpty();
        }
    }

    private void scheduleCheck(Worker worker, long started, int checks) {
        later.schedule(() -> check(worker, started, checks), PERIOD_MILLIS);
    }

    private void check(Worker worker, long started, int checks) {
        Worker fresh = null;
        synchronized (tasks) {
            if (current == null || tasks.isEmpty()) {
                watched = false;
                return;
            }
            boolean same = current == worker && worker.started == started;
            if (same && worker.blocks(checks)) {
                fresh = new Worker();
                current = fresh;
            }
            scheduleCheck(current, current.started, same && fresh == null ? checks + 1 : 1);
        }
        if (fresh != null) {
            threads.execute(fresh);
        }
    }

    /** Runs tasks until there is none, or until another worker takes its place. */
    private final class Worker implements Runnable {
        /** The number of tasks that it has started. Guarded by {@link #tasks}. */
        private long started;
        /** Null until it runs; it is not replaced before. Guarded by {@link #tasks}. */
        private @Nullable Thread thread;

        /** Whether its task seems to be blocked: its thread is not RUNNABLE, or was RUNNABLE in too many checks. */
        private boolean blocks(int checks) {
            return thread != null && (thread.getState() != Thread.State.RUNNABLE || checks >= MAX_CHECKS);
        }

        @Override
        public void run() {
            for (var task = next(); task != null; task = next()) {
                runSafely(task);
            }
        }

        /** A task that throws must not stop those behind it. */
        private void runSafely(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                log.error("a task that completes a future failed", e);
            } finally {
                // While open, an interrupt was meant for that task alone and is cleared.
                if (Thread.interrupted() && closed.getAsBoolean()) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private @Nullable Runnable next() {
            synchronized (tasks) {
                if (current != this) {
                    return null;
                }
                thread = Thread.currentThread();
                started++;
                var task = tasks.poll();
                if (task == null) {
                    current = null;
                }
                return task;
            }
        }
    }
}
