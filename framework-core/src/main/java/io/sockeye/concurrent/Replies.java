package io.sockeye.concurrent;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes futures one at a time and in order, as long as what the user hangs onto them is short. If it blocks, for
 * instance to wait for another answer, those that follow are completed beside it. Any thread may post.
 */
public final class Replies implements Executor {
    private static final Logger log = LoggerFactory.getLogger(Replies.class);
    /** How often is looked, in milliseconds, at a task that others wait for. */
    private static final long PERIOD_MILLIS = 10;
    /** How often a task may be seen at work: its thread may only lack a processor, or wait for a device unnoticed. */
    private static final int LOOKS = 50;

    private final Executor threads;
    private final Later later;
    /** Whether what is to happen later may not happen any more. */
    private final BooleanSupplier closed;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Who runs tasks at present; null if nobody does. Guarded by {@link #tasks}. */
    private @Nullable Worker current;
    /** Whether somebody will look after the worker; guarded by {@link #tasks}. */
    private boolean watched;

    /** Runs a short task once so many milliseconds have passed. Any thread. */
    @FunctionalInterface
    public interface Later {
        void schedule(Runnable task, long delayMillis);
    }

    /**
     * @param threads runs whatever it is given, on the caller's thread if there is no other
     * @param closed whether what is to happen later may not happen any more, since all comes to its end: then nothing
     *     waits for what blocks
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
                watch(current, current.turn, 1);
            }
        }
        if (fresh != null) {
            threads.execute(fresh);
        }
    }

    /** Whether a task has not begun. */
    public boolean isBehind() {
        synchronized (tasks) {
            return !tasks.isEmpty();
        }
    }

    private void watch(Worker worker, long turn, int look) {
        later.schedule(() -> look(worker, turn, look), PERIOD_MILLIS);
    }

    private void look(Worker worker, long turn, int look) {
        Worker fresh = null;
        synchronized (tasks) {
            if (current == null || tasks.isEmpty()) {
                watched = false;
                return;
            }
            boolean same = current == worker && worker.turn == turn;
            if (same && worker.blocks(look)) {
                fresh = new Worker();
                current = fresh;
            }
            watch(current, current.turn, same && fresh == null ? look + 1 : 1);
        }
        if (fresh != null) {
            threads.execute(fresh);
        }
    }

    /** Runs tasks until there is none, or until somebody else does. */
    private final class Worker implements Runnable {
        /** How many it has begun; guarded by {@link #tasks}. */
        private long turn;
        /** Null while it has not begun: nobody takes its place then. Guarded by {@link #tasks}. */
        private @Nullable Thread thread;

        /** Whether its task waits for something, as far as anybody can tell. */
        private boolean blocks(int look) {
            return thread != null && (thread.getState() != Thread.State.RUNNABLE || look >= LOOKS);
        }

        @Override
        public void run() {
            for (var task = next(); task != null; task = next()) {
                runSafely(task);
            }
        }

        /** A task that throws may not keep those behind it waiting. */
        private void runSafely(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                log.error("what hangs on an answer failed", e);
            } finally {
                if (Thread.interrupted() && closed.getAsBoolean()) { // Else it was meant for that task alone.
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
                turn++;
                var task = tasks.poll();
                if (task == null) {
                    current = null;
                }
                return task;
            }
        }
    }
}
