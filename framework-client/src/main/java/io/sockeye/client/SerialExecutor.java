package io.sockeye.client;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time and in order, on threads of an executor. Any thread may post. */
final class SerialExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);
    /** After so many tasks somebody else gets the thread. */
    private static final int FAIR_SHARE = 256;

    private final Executor executor;
    /** Runs a task a little later, unless the client was closed. */
    private final Consumer<Runnable> later;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Whether a thread runs tasks or is about to; guarded by {@link #tasks}. */
    private boolean running;

    SerialExecutor(Executor executor, Consumer<Runnable> later) {
        this.executor = executor;
        this.later = later;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        start();
    }

    /** An executor that is busy is asked again: the tasks are not ours to lose. */
    private void start() {
        try {
            executor.execute(this::runShare);
        } catch (RejectedExecutionException e) {
            log.debug("the executor takes no task at the moment: {}", e.toString());
            later.accept(this::start);
        }
    }

    private void runShare() {
        boolean done = false;
        try {
            done = runTasks();
        } finally {
            if (!done) { // Also after an error: the others still want to run.
                start();
            }
        }
    }

    /** @return whether nothing is left */
    private boolean runTasks() {
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
