package io.sockeye.client.internal.threads;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time and in order, on threads of an executor. Any thread may post. */
public final class SerialExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);
    /** After so many tasks somebody else gets the thread. */
    private static final int FAIR_SHARE = 256;

    /** After so many milliseconds an executor that took no task is asked again; each further time after twice as long. */
    private static final long FIRST_PAUSE_MILLIS = 10;

    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** So long a busy executor may take no tasks before that is told. */
    private static final long PATIENCE_MILLIS = 500;

    private final Executor executor;
    private final Later later;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Whether a thread runs tasks or is about to; guarded by {@link #tasks}. */
    private boolean running;
    /** The thread that runs tasks. */
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
    /** Whether the executor ran what it was given at once; only the thread that runs tasks touches it. */
    private boolean calledWithin;
    /** How long the executor was given to take tasks again; 0 while it takes them. Only who starts tasks touches it. */
    private volatile long pauseMillis;

    /** Runs a task once so many milliseconds have passed. */
    @FunctionalInterface
    public interface Later {
        /** Whether it will, since the client is not closed. */
        boolean schedule(Runnable task, long delayMillis);
    }

    public SerialExecutor(Executor executor, Later later) {
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
            pauseMillis = 0;
            return true;
        } catch (RejectedExecutionException e) {
            tell(e);
        } catch (RuntimeException | Error e) {
            tell(e);
        }
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, 2 * pauseMillis));
        return later.schedule(this::start, pauseMillis);
    }

    /** Once for each time that it lasts: an executor that is only busy takes tasks again soon. */
    private void tell(RejectedExecutionException refusal) {
        if (pauseMillis >= PATIENCE_MILLIS && pauseMillis < LONGEST_PAUSE_MILLIS) {
            log.warn(
                    "the executor of the handlers takes no tasks; they wait, and it is asked again each second: {}",
                    refusal.toString());
        }
    }

    /** Once for each time that it lasts. */
    private void tell(Throwable failure) {
        if (pauseMillis == 0) {
            log.error("the executor of the handlers failed; tasks wait, and it is asked again", failure);
        }
    }

    private void dropAll() {
        synchronized (tasks) {
            log.warn(
                    "the client is closed and the executor of the handlers takes no tasks: {} are dropped",
                    tasks.size());
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
