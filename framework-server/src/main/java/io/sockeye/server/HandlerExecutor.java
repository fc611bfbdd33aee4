package io.sockeye.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where handlers run: on the user's executor, on virtual threads where the JDK has them, else on a bounded pool. */
final class HandlerExecutor {
    private static final int THREADS = Math.max(32, 4 * Runtime.getRuntime().availableProcessors());

    private final Executor executor;
    /** Null if the executor is the user's. */
    private final @Nullable ExecutorService own;

    private HandlerExecutor(Executor executor, @Nullable ExecutorService own) {
        this.executor = executor;
        this.own = own;
    }

    /** @param chosen the user's, or null for ours */
    static HandlerExecutor of(@Nullable Executor chosen) {
        if (chosen != null) {
            return new HandlerExecutor(chosen, null);
        }
        var own = Runtime.version().feature() >= 21 ? virtualThreads() : boundedPool();
        return new HandlerExecutor(own, own);
    }

    Executor executor() {
        return executor;
    }

    /** Lets running handlers finish within a time. The user's own executor is left alone. */
    void stop(Duration timeout) {
        if (own == null) {
            return;
        }
        own.shutdown();
        try {
            if (!own.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                own.shutdownNow();
            }
        } catch (InterruptedException e) {
            own.shutdownNow();
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

    private static ExecutorService boundedPool() {
        var count = new AtomicInteger();
        var pool = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "sockeye-handler-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
