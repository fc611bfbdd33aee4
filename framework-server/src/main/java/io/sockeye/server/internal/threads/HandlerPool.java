package io.sockeye.server.internal.threads;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An executor of ours that knows its threads, so that one of them can stop it without waiting for itself. Any thread. */
final class HandlerPool implements Executor {
    /** Of a bounded pool, as long as its tasks do not block. */
    private static final int THREADS = Math.max(32, 4 * Runtime.getRuntime().availableProcessors());
    /** Of a bounded pool whose tasks block. */
    static final int MAX_THREADS = 8 * THREADS;

    private final ExecutorService service;
    /** Null if there is a thread for each task. */
    private final @Nullable PoolGrowth growth;
    /** Those that may run tasks. */
    private final Set<Thread> threads;

    private HandlerPool(ExecutorService service, @Nullable PoolGrowth growth, Set<Thread> threads) {
        this.service = service;
        this.growth = growth;
        this.threads = threads;
    }

    /** By method handles, since the code is compiled for a JDK that does not have the methods. */
    static HandlerPool ofVirtualThreads() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try {
            var lookup = MethodHandles.publicLookup();
            var builder = Class.forName("java.lang.Thread$Builder");
            var virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object settings = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual))
                    .invoke();
            var factory =
                    (ThreadFactory) lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class))
                            .invoke(settings);
            var service = (ExecutorService) lookup.findStatic(
                            Executors.class,
                            "newThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class, ThreadFactory.class))
                    .invoke(noting(threads, factory));
            return new HandlerPool(service, null, threads);
        } catch (Throwable e) {
            throw new IllegalStateException("this JDK should have virtual threads", e);
        }
    }

    /**
     * A pool of {@link #THREADS}, and up to {@link #MAX_THREADS} while its tasks block.
     *
     * @param prefix of the threads' names
     */
    static HandlerPool bounded(String prefix) {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        var count = new AtomicInteger();
        var factory = noting(threads, task -> {
            var thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        var service = new ThreadPoolExecutor(
                THREADS, MAX_THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        service.allowCoreThreadTimeOut(true);
        return new HandlerPool(service, new PoolGrowth(service, prefix), threads);
    }

    /** From their creation on, since one that has not begun to run will. */
    private static ThreadFactory noting(Set<Thread> threads, ThreadFactory factory) {
        return task -> {
            var thread = factory.newThread(() -> {
                try {
                    task.run();
                } finally {
                    threads.remove(Thread.currentThread());
                }
            });
            threads.add(thread);
            return thread;
        };
    }

    @Override
    public void execute(Runnable task) {
        service.execute(task);
        if (growth != null) {
            growth.added();
        }
    }

    /** Whether the caller is a task of this pool. */
    boolean runsCaller() {
        return threads.contains(Thread.currentThread());
    }

    /** Takes no more tasks. */
    void shutDown() {
        service.shutdown();
    }

    /** Waits for the tasks, but for the one that calls this; those that take longer are interrupted. */
    void awaitTasks(long endNanos) throws InterruptedException {
        if (!runsCaller()) {
            if (!service.awaitTermination(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                service.shutdownNow();
            }
        } else if (!othersEnd(endNanos)) {
            cutOff();
        }
    }

    private boolean othersEnd(long endNanos) throws InterruptedException {
        for (var thread : threads) {
            if (thread != Thread.currentThread()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
                thread.join(Math.max(1, millis));
                if (thread.isAlive()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Interrupts all tasks, but for the one that calls this. */
    void cutOff() {
        if (!runsCaller()) {
            service.shutdownNow();
            return;
        }
        boolean interrupted = Thread.interrupted();
        service.shutdownNow();
        if (Thread.interrupted() && interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
