package io.sockeye.client;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Completes futures one at a time and in order, as long as what the user hangs onto them is short. If it blocks, for
 * instance to wait for another answer, those that follow are completed beside it. Any thread may post.
 */
final class Replies implements Executor {
    /** For so many milliseconds others wait for a task that blocks. */
    private static final long PATIENCE_MILLIS = 10;

    private final Executor threads;
    private final Loop loop;
    /** Whether the client is closed: the loop will not watch for much longer. */
    private final BooleanSupplier closed;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Who runs tasks at present; null if nobody does. Guarded by {@link #tasks}. */
    private @Nullable Worker current;
    /** Whether the loop looks after the worker; guarded by {@link #tasks}. */
    private boolean watched;

    /** @param threads runs whatever it is given, on the caller's thread if there is no other */
    Replies(Executor threads, Loop loop, BooleanSupplier closed) {
        this.threads = threads;
        this.loop = loop;
        this.closed = closed;
    }

    @Override
    public void execute(Runnable task) {
        Worker fresh = null;
        synchronized (tasks) {
            tasks.add(task);
            if (current == null || (current.turn > 0 && closed.getAsBoolean())) {
                fresh = new Worker();
                current = fresh;
            } else if (!watched) {
                watched = true;
                watch(current, current.turn);
            }
        }
        if (fresh != null) {
            threads.execute(fresh);
        }
    }

    private void watch(Worker worker, long turn) {
        loop.schedule(() -> look(worker, turn), PATIENCE_MILLIS);
    }

    private void look(Worker worker, long turn) {
        Worker fresh = null;
        synchronized (tasks) {
            if (current == null || tasks.isEmpty()) {
                watched = false;
                return;
            }
            if (current == worker && worker.turn == turn && turn > 0) {
                fresh = new Worker();
                current = fresh;
            }
            watch(current, current.turn);
        }
        if (fresh != null) {
            threads.execute(fresh);
        }
    }

    /** Runs tasks until there is none, or until somebody else does. */
    private final class Worker implements Runnable {
        /** How many it has begun, 0 while its thread has not: nobody takes its place then. Guarded by {@link #tasks}. */
        private long turn;

        @Override
        public void run() {
            for (var task = next(); task != null; task = next()) {
                task.run();
            }
        }

        private @Nullable Runnable next() {
            synchronized (tasks) {
                if (current != this) {
                    return null;
                }
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
