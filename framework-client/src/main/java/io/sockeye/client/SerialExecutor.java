package io.sockeye.client;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time and in order, on threads of an executor. Any thread may post. */
final class SerialExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);
    /** After so many tasks somebody else gets the thread. */
    private static final int FAIR_SHARE = 256;

    private final Executor executor;
    /** Runs a task a little later, unless the client was closed: then it returns false. */
    private final Predicate<Runnable> later;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Whether a thread runs tasks or is about to; guarded by {@link #tasks}. */
    private boolean running;
    /** The thread that runs tasks. */
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
    /** Whether the executor ran what it was given at once; only the thread that runs tasks touches it. */
    private boolean calledWithin;

    SerialExecutor(Executor executor, Predicate<Runnable> later) {
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

    private void start() {
        if (!started()) {
            dropAll();
        }
    }

    /**
     * Whether the tasks are run, now or later. An executor that is busy, or cannot take tasks for another reason, is asked
     * again: they are not ours to lose.
     */
    private boolean started() {
        try {
            executor.execute(this::runShares);
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("the executor takes no task at the moment: {}", e.toString());
        } catch (RuntimeException | Error e) {
            log.error("the executor of the handlers failed", e);
        }
        return later.test(this::start);
    }

    private void dropAll() {
        synchronized (tasks) {
            log.debug("the client is closed, {} tasks are dropped", tasks.size());
            tasks.clear();
            running = false;
        }
    }

    /**
     * Goes on by itself where nobody else can: what waits when the client is closed is still run. So it does where the
     * executor runs what it is given at once, on this thread: else each share would stand on the one before.
     */
    private void runShares() {
        var thread = Thread.currentThread();
        if (runner.get() == thread) {
            calledWithin = true;
            return;
        }
        runner.set(thread);
        try {
            boolean done = runTasks();
            while (!done) {
                calledWithin = false;
                boolean handedOver = started() && !calledWithin;
                if (handedOver) {
                    runner.compareAndSet(thread, null);
                }
                done = handedOver || runTasks();
            }
        } catch (RuntimeException | Error e) {
            log.error("a task for handlers failed", e);
            runner.compareAndSet(thread, null);
            start();
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
                    runner.set(null);
                    return true;
                }
            }
            task.run();
        }
        return false;
    }
}
