package io.sockeye.server.internal.threads;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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
public final class Mailbox implements Passage.PausableQueue {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    /** After so many tasks another mailbox gets the thread. */
    private static final int FAIR_SHARE = 256;
    /** Also after tasks of that weight. */
    private static final long FAIR_WEIGHT = 4 << 20;
    /** Stands for a task that has to wait. */
    private static final Runnable PAUSED = HandlerTask.of(() -> {}, () -> {}, false);

    private final Executor executor;
    /** Runs a task a little later, unless the server has stopped: then it returns false. */
    private final Predicate<Runnable> later;
    /** Told when there is something to do and when there is not; null if nobody counts. */
    private final @Nullable BusyMailboxes busy;
    /** For heavy tasks; null if all are light. Guarded by {@link #tasks}. */
    private final @Nullable Passage passage;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Whether a thread runs tasks or is about to, or the first one waits; guarded by {@link #tasks}. */
    private boolean running;
    /** What the tasks of the present share weigh; of the thread that runs them. */
    private long shareWeight;
    /** Whether the log knows that the executor fails; of whoever asks for a turn. */
    private boolean reported;

    public Mailbox(Executor executor, Predicate<Runnable> later) {
        this(executor, later, null, null);
    }

    public Mailbox(
            Executor executor, Predicate<Runnable> later, @Nullable BusyMailboxes busy, @Nullable Passage passage) {
        this.executor = executor;
        this.later = later;
        this.busy = busy;
        this.passage = passage;
    }

    /** Appends a task. Dropped once the server has stopped. */
    public void post(Runnable task) {
        post(task, Runnable::run);
    }

    /**
     * Appends a task.
     *
     * @param starts runs, at most once, what begins the mailbox if it is idle
     */
    public void post(Runnable task, Executor starts) {
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

    /** Asks for a thread. An executor that is busy is asked again: the tasks are not ours to lose. */
    private void schedule() {
        var turn = new Turn();
        try {
            executor.execute(turn);
        } catch (Throwable e) { // Whoever posts knows nothing of executors.
            if (!turn.take()) {
                throw e; // Of a task that ran below.
            }
            retryOrDrop(e);
        }
    }

    private void retryOrDrop(Throwable refusal) {
        if (!retries(refusal)) {
            dropAll();
        }
    }

    /** An executor that has ended is not asked again. One may also fail, as when no thread can be created at the moment. */
    private boolean retries(Throwable refusal) {
        boolean ended = executor instanceof ExecutorService service && service.isShutdown();
        if (ended || !later.test(this::schedule)) {
            return false;
        }
        if (refusal instanceof RejectedExecutionException) {
            log.debug("the executor takes no task at the moment: {}", refusal.toString());
        } else if (!reported) {
            reported = true;
            log.warn("the executor of handlers failed; it is asked again, also if that goes on", refusal);
        }
        return true;
    }

    /** An executor that would run the tasks here, on the loop, has another thread below it. */
    @Override
    public void resume() {
        var turn = new Turn();
        try {
            if (!turn.given() && passage != null) {
                passage.executeOffLoop(this::schedule);
            }
        } catch (Throwable e) {
            if (!turn.take()) {
                throw e;
            }
            retryOrDrop(e);
        }
    }

    @Override
    public void dropTasks() {
        dropAll();
    }

    private void dropAll() {
        List<Runnable> dropped;
        synchronized (tasks) {
            dropped = List.copyOf(tasks);
            tasks.clear();
            running = false;
            if (passage != null) {
                passage.forget();
            }
        }
        log.debug("the server or the executor has ended, {} tasks are dropped", dropped.size());
        ended();
        finish(dropped);
    }

    /** Drops the needless tasks that wait, and leaves all others. Any thread. */
    public void discard() {
        var dropped = new ArrayList<Runnable>();
        synchronized (tasks) {
            tasks.removeIf(task -> task instanceof HandlerTask each && each.isNeedless() && dropped.add(each));
            if (passage != null) {
                dropped.forEach(passage::dropped);
            }
        }
        finish(dropped);
    }

    /** Takes back a task that still waits; what must follow it is the caller's then. Any thread. Whether it did wait. */
    public boolean withdraw(HandlerTask task) {
        synchronized (tasks) {
            return tasks.remove(task);
        }
    }

    private static void finish(List<Runnable> dropped) {
        for (var task : dropped) {
            if (task instanceof HandlerTask each) {
                each.done();
            }
        }
    }

    private void ended() {
        if (busy != null) {
            busy.ended();
        }
    }

    private void run() {
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
        var turn = new Turn();
        try {
            return turn.given() || pauses();
        } catch (Throwable e) {
            if (!turn.take() || retries(e)) {
                return true;
            }
            boolean cutOff = Thread.currentThread().isInterrupted();
            if (cutOff) {
                dropAll();
            }
            return cutOff;
        }
    }

    /** Where the executor has no other thread, lets those on this one have their turn after much work. */
    private boolean pauses() {
        return shareWeight >= FAIR_WEIGHT && passage != null && passage.pause(this);
    }

    /** @return whether nothing is left, or the rest has to wait */
    private boolean runShare() {
        shareWeight = 0;
        for (int i = 0; i < FAIR_SHARE && shareWeight < FAIR_WEIGHT; i++) {
            var task = next();
            if (task == null) {
                ended();
                return true;
            }
            if (task == PAUSED) {
                return true;
            }
            shareWeight += HandlerTask.weightOf(task);
            task.run();
        }
        return false;
    }

    /** Null if there is none. */
    private @Nullable Runnable next() {
        synchronized (tasks) {
            var task = tasks.peek();
            if (task == null) {
                running = false;
                if (passage != null) {
                    passage.forget();
                }
                return null;
            }
            var admitted = passage == null ? task : passage.admit(task, this);
            if (admitted == null) {
                return PAUSED;
            }
            tasks.remove();
            return admitted;
        }
    }

    /** A thread's permission to run the tasks. An executor that has failed may have kept it: it is good once. */
    private final class Turn implements Runnable {
        private final Thread asking = Thread.currentThread();
        /** Whether somebody runs the tasks by it, or it is withdrawn; guarded by {@link #tasks}. */
        private boolean taken;
        /** Both are the asking thread's alone. */
        private boolean handsOver;

        private boolean nested;

        /** @return whether it was still good */
        boolean take() {
            synchronized (tasks) {
                boolean first = !taken;
                taken = true;
                return first;
            }
        }

        /** Gives it to the executor. One that grants it at once, below the present turn, gets nothing to do. */
        boolean given() {
            handsOver = true;
            executor.execute(this);
            handsOver = false;
            return !nested;
        }

        @Override
        public void run() {
            if (Thread.currentThread() == asking && handsOver) {
                nested = true;
            } else if (take()) {
                Mailbox.this.run();
            }
        }
    }
}
