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
 * The threads of one client. None keeps the JVM alive: the loop has a daemon thread; all else runs on virtual threads, or
 * before JDK 21 on daemon threads, which end when they have nothing to do.
 */
public final class ClientThreads {
    private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;
    private static final long IDLE_SECONDS = 5;

    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService tasks =
            Runtime.version().feature() >= FIRST_JDK_WITH_VIRTUAL_THREADS ? virtualThreads() : daemons();
    /** The threads that run tasks at present. */
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    private final Executor handlers;

    /** @param chosen the user's executor for handlers; null for threads of the client's own */
    public ClientThreads(@Nullable Executor chosen) {
        handlers = chosen == null ? tasks : chosen;
    }

    private Thread daemon(Runnable task) {
        var thread = new Thread(task, "sockeye-client-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Makes the thread that owns the connection. It is never a virtual thread: handlers that compute for long could occupy
     * all carrier threads.
     */
    public ThreadFactory owner() {
        return this::daemon;
    }

    /** Where handlers run. */
    public Executor handlers() {
        return handlers;
    }

    /**
     * Where futures are completed: never on the user's executor, whose threads may all be blocked in waiting for an answer.
     * After the end, the caller's thread runs the task, so that no future stays incomplete.
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
     * Waits for running tasks, for this time at most, and interrupts them then. Does not wait if the caller is one of them.
     * The user's own executor is left alone.
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
            for (var thread : running) { // The executor has terminated; its threads may still be about to exit.
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
     * One virtual thread for each task. Called by method handles, because this code is compiled for JDK 17, which lacks these
     * methods.
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

    /** A thread that is in {@link #running} while it runs. */
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
