package io.sockeye.server;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
    /** Told when there is something to do and when there is not; null if nobody counts. */
    private final @Nullable BusyMailboxes busy;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Whether a thread runs tasks or is about to; guarded by {@link #tasks}. */
    private boolean running;

    Mailbox(Executor executor, Predicate<Runnable> later) {
        this(executor, later, null);
    }

    Mailbox(Executor executor, Predicate<Runnable> later, @Nullable BusyMailboxes busy) {
        this.executor = executor;
        this.later = later;
        this.busy = busy;
    }

    /** Appends a task. Dropped once the server has stopped. */
    void post(Runnable task) {
        post(task, Runnable::run);
    }

    /**
     * Appends a task.
     *
     * @param starts runs, at most once, what begins the mailbox if it is idle
     */
    void post(Runnable task, Executor starts) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        if (busy != null) {
            busy.began();
        }
        starts.execute(this::schedule);
    }

    /** An executor that is busy is asked again: the tasks are not ours to lose. */
    private void schedule() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            if (retries()) {
                log.debug("the executor takes no task at the moment: {}", e.toString());
            } else {
                dropAll();
            }
        }
    }

    /** An executor that has ended is not asked again. */
    private boolean retries() {
        boolean ended = executor instanceof ExecutorService service && service.isShutdown();
        return !ended && later.test(this::schedule);
    }

    private void dropAll() {
        synchronized (tasks) {
            log.debug("the server or the executor has ended, {} tasks are dropped", tasks.size());
            tasks.clear();
            running = false;
        }
        ended();
    }

    private void ended() {
        if (busy != null) {
            busy.ended();
        }
    }

    @Override
    public void run() {
        if (busy == null) {
            runAll();
        } else {
            busy.run(executor, this::runAll);
        }
    }

    private void runAll() {
        boolean done = false;
        try {
            while (!runShare() && !handedOver()) {
                log.trace("nobody else wants the thread");
            }
            done = true;
        } finally {
            if (!done && !handedOver()) { // After an error the others still want to run.
                runAll();
            }
        }
    }

    /** Lets others have the thread; false if this one must go on. */
    private boolean handedOver() {
        try {
            return new Turn().given();
        } catch (RejectedExecutionException e) {
            if (retries()) {
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
            var task = next();
            if (task == null) {
                ended();
                return true;
            }
            task.run();
        }
        return false;
    }

    private @Nullable Runnable next() {
        synchronized (tasks) {
            var task = tasks.poll();
            if (task == null) {
                running = false;
            }
            return task;
        }
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
