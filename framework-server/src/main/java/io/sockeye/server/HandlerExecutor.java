package io.sockeye.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where handlers run: on the user's executor, on virtual threads where the JDK has them, else on a bounded pool. The
 * answers that handlers wait for never need one of the handlers' threads: all of them may be waiting.
 */
final class HandlerExecutor {
    private static final int THREADS = Math.max(32, 4 * Runtime.getRuntime().availableProcessors());

    /** Runs handlers where they are called. */
    static final Executor EVENT_LOOP = Runnable::run;

    private final Executor executor;
    private final Executor replies;
    /** Those that end with the server: not the user's. */
    private final Set<ExecutorService> own;

    private HandlerExecutor(Executor executor, Executor replies, Set<ExecutorService> own) {
        this.executor = executor;
        this.replies = replies;
        this.own = own;
    }

    /** @param chosen the user's, or null for ours */
    static HandlerExecutor of(@Nullable Executor chosen) {
        if (chosen == EVENT_LOOP) {
            return new HandlerExecutor(chosen, chosen, Set.of());
        }
        boolean virtual = Runtime.version().feature() >= 21;
        var answering = virtual ? virtualThreads() : boundedPool("sockeye-reply-");
        Executor replies = task -> executeOrRun(answering, task);
        if (chosen != null) {
            return new HandlerExecutor(chosen, replies, Set.of(answering));
        }
        if (virtual) {
            return new HandlerExecutor(answering, replies, Set.of(answering));
        }
        var handlers = boundedPool("sockeye-handler-");
        return new HandlerExecutor(handlers, replies, Set.of(handlers, answering));
    }

    /** Also after the stop somebody may wait for an answer: that there is none. */
    private static void executeOrRun(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    Executor executor() {
        return executor;
    }

    /** Where the futures of acknowledgements are completed. */
    Executor replies() {
        return replies;
    }

    /** Lets running handlers finish within a time. The user's own executor is left alone. */
    void stop(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        own.forEach(ExecutorService::shutdown);
        try {
            for (var pool : own) {
                if (!pool.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    pool.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            own.forEach(ExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    /** By a method handle, since the code is compiled for a JDK that does not have the method. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService) MethodHandles.lookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("this JDK should have virtual threads", e);
        }
    }

    private static ExecutorService boundedPool(String prefix) {
        var count = new AtomicInteger();
        var pool = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
