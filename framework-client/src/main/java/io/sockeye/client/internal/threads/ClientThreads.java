package io.sockeye.client.internal.threads;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one client, none of which keeps the JVM alive: a daemon for the loop, and for all else virtual ones where
 * the JDK has them, else daemons, which exist only while they have something to do.
 */
public final class ClientThreads {
    private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;
    private static final long IDLE_SECONDS = 5;

    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService tasks =
            Runtime.version().feature() >= FIRST_JDK_WITH_VIRTUAL_THREADS ? virtualThreads() : daemons();
    /** The threads that run tasks. */
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    private final Executor handlers;

    /** @param chosen the user's executor for handlers, or null for ours */
    public ClientThreads(@Nullable Executor chosen) {
        handlers = chosen == null ? tasks : chosen;
    }

    private Thread daemon(Runnable task) {
        var thread = new Thread(task, "sockeye-client-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * For the thread that owns the connection: never a virtual one, which would have to wait until handlers that
     * calculate leave it a carrier.
     */
    public ThreadFactory owner() {
        return this::daemon;
    }

    /** Where handlers run. */
    public Executor handlers() {
        return handlers;
    }

    /**
     * Where futures are completed: never on the user's executor, whose threads may all wait for an answer. Also after the
     * end somebody may wait: to hear that there is none.
     */
    public Executor replies() {
        return task -> {
            try {
                tasks.execute(task);
            } catch (RejectedExecutionException e) {
                task.run();
            }
        };
    }

    /**
     * Lets what runs finish within a time, unless that is the caller itself. The user's own executor is left alone.
     */
    public void stop(Duration timeout) {
        tasks.shutdown();
        if (running.contains(Thread.currentThread())) {
            return;
        }
        try {
            long endNanos = System.nanoTime() + timeout.toNanos();
            if (!tasks.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                tasks.shutdownNow();
            }
            for (var thread : running) { // They may still be about to end.
                long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
                thread.join(Math.max(1, millis));
            }
        } catch (InterruptedException e) {
            tasks.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private ExecutorService daemons() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> worker(task, this::daemon));
    }

    /**
     * A new one for each task, which costs less than to keep one waiting for the next. By method handles, since the code is
     * compiled for a JDK that does not have the methods.
     */
    private ExecutorService virtualThreads() {
        try {
            var builder = Class.forName("java.lang.Thread$Builder");
            var ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            var lookup = MethodHandles.publicLookup();
            Object threads = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual))
                    .invoke();
            threads = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class))
                    .invoke(threads, "sockeye-client-", 1L);
            var factory =
                    (ThreadFactory) lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class))
                            .invoke(threads);
            ThreadFactory known = task -> worker(task, factory);
            return (ExecutorService) lookup.findStatic(
                            Executors.class,
                            "newThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class, ThreadFactory.class))
                    .invoke(known);
        } catch (Throwable e) {
            throw new IllegalStateException("this JDK should have virtual threads", e);
        }
    }

    /** A thread for tasks, which is known as one of ours while it lives. */
    private Thread worker(Runnable work, ThreadFactory factory) {
        return factory.newThread(() -> {
            running.add(Thread.currentThread());
            try {
                work.run();
            } finally {
                running.remove(Thread.currentThread());
            }
        });
    }
}
