package io.sockeye.server;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order, on threads of an executor. Any thread may post. What it has begun it brings to
 * an end, also when the server stops and its executor takes no more: then on the thread that it has, until it is
 * interrupted.
 */
final class Mailbox implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    /** After so many tasks another mailbox gets the thread. */
    private static final int FAIR_SHARE = 256;

    private final Executor executor;
    /** Runs a task a little later, unless the server has stopped: then it returns false. */
    private final Predicate<Runnable> later;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Whether a thread runs tasks or is about to; guarded by {@link #tasks}. */
    private boolean running;

    Mailbox(Executor executor, Predicate<Runnable> later) {
        this.executor = executor;
        this.later = later;
    }

    /** Appends a task. Dropped once the server has stopped. */
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

    /** An executor that is busy is asked again: the tasks are not ours to lose. */
    private void schedule() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            if (later.test(this::schedule)) {
                log.debug("the executor takes no task at the moment: {}", e.toString());
            } else {
                dropAll();
            }
        }
    }

    private void dropAll() {
        synchronized (tasks) {
            log.debug("the server has stopped, {} tasks are dropped", tasks.size());
            tasks.clear();
            running = false;
        }
    }

    @Override
    public void run() {
        boolean done = false;
        try {
            while (!runShare() && !handedOver()) {
                log.trace("nobody else wants the thread");
            }
            done = true;
        } finally {
            if (!done && !handedOver()) { // After an error the others still want to run.
                run();
            }
        }
    }

    /** Lets others have the thread; false if this one must go on. */
    private boolean handedOver() {
        try {
            return new Turn().given();
        } catch (RejectedExecutionException e) {
            if (later.test(this::schedule)) {
                return true;
            }
            boolean cutOff = Thread.currentThread().isInterrupted();
            if (cutOff) {
                dropAll();
            }
            return cutOff;
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

    /** Asks for another turn. An executor that grants it at once, below the present one, gets nothing to do. */
    private final class Turn implements Runnable {
        private final Thread asking = Thread.currentThread();
        /** Both are that thread's alone. */
        private boolean asked;

        private boolean nested;

        boolean given() {
            executor.execute(this);
            asked = true;
            return !nested;
        }

        @Override
        public void run() {
            if (Thread.currentThread() == asking && !asked) {
                nested = true;
            } else {
                Mailbox.this.run();
            }
        }
    }
}
