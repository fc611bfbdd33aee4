package io.sockeye.server;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time and in order, on threads of an executor. Any thread may post. */
final class Mailbox implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    /** After so many tasks another mailbox gets the thread. */
    private static final int FAIR_SHARE = 256;

    private final Executor executor;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Whether a thread runs tasks or is about to; guarded by {@link #tasks}. */
    private boolean running;

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    /** Appends a task. Dropped once the executor was shut down. */
    void post(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        schedule();
    }

    private void schedule() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            synchronized (tasks) {
                log.debug("the executor takes no more tasks, {} are dropped", tasks.size());
                tasks.clear();
                running = false;
            }
        }
    }

    @Override
    public void run() {
        boolean empty = false;
        try {
            empty = runShare();
        } finally {
            if (!empty) { // Also after an error: the others still want to run.
                schedule();
            }
        }
    }

    /** @return whether nothing is left */
    private boolean runShare() {
        for (int i = 0; i < FAIR_SHARE; i++) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    running = false;
                    return true;
                }
            }
            task.run();
        }
        return false;
    }
}
