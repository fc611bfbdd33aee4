package io.sockeye.client.internal.threads;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one at a time and in order, on an executor's threads. Any thread may post. */
public final class SerialExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);
    /** How many tasks run before the thread is given back, for the executor's other users. */
    private static final int TASKS_PER_TURN = 256;

    /** The delay after which an executor that took no task is tried again; it doubles each time. */
    private static final long FIRST_PAUSE_MILLIS = 10;

    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** How long a busy executor may reject tasks before a warning is logged. */
    private static final long WARN_AFTER_MILLIS = 500;

    private final Executor executor;
    private final Later later;
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    /** Whether a thread runs tasks, or will; guarded by {@link #tasks}. */
    private boolean running;
    /** The thread that runs tasks at present. */
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();
    /** Whether the executor ran {@link #runTurns} within its {@code execute}; accessed by the thread that runs tasks. */
    private boolean ranInline;
    /**
     * The delay before the next try; 0 while the executor takes tasks. Accessed by whoever hands over tasks, one at a time.
     */
    private volatile long pauseMillis;

    /** Runs a task after a delay. */
    @FunctionalInterface
    public interface Later {
        /** Returns false, and runs nothing, once the client is closed. */
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
        if (!handOver()) {
            dropAll();
        }
    }

    /**
     * Hands the tasks over to the executor. One that is busy, or fails otherwise, is tried again later: no event may be lost.
     *
     * @return false if the tasks will not run because the client is closed
     */
    private boolean handOver() {
        try {
            executor.execute(this::runTurns);
            pauseMillis = 0;
            return true;
        } catch (RejectedExecutionException e) {
            logRejection(e);
        } catch (RuntimeException | Error e) {
            logFailure(e);
        }
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, 2 * pauseMillis));
        return later.schedule(this::start, pauseMillis);
    }

    /** Logged once until the executor takes tasks again, and not if it does so soon. */
    private void logRejection(RejectedExecutionException refusal) {
        if (pauseMillis >= WARN_AFTER_MILLIS && pauseMillis < LONGEST_PAUSE_MILLIS) {
            log.warn(
                    "the executor of the handlers takes no tasks; they wait, and it is asked again each second: {}",
                    refusal.toString());
        }
    }

    /** Logged once until the executor takes tasks again. */
    private void logFailure(Throwable failure) {
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
     * Runs all tasks, handing over to the executor after each turn. Continues on this thread where the executor takes no
     * more: tasks that wait when the client is closed still run. Also where the executor runs tasks inline: otherwise the
     * stack would grow with each turn.
     */
    private void runTurns() {
        var thread = Thread.currentThread();
        if (runner.get() == thread) {
            ranInline = true;
            return;
        }
        runner.set(thread);
        try {
            boolean done = runTasks();
            while (!done) {
                ranInline = false;
                boolean handedOver = handOver() && !ranInline;
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
        for (int i = 0; i < TASKS_PER_TURN; i++) {
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
