package io.sockeye.server.internal.threads;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Where the user's code runs: on the user's executor, on virtual threads where the JDK has them, else on bounded pools,
 * one each for handlers, for what decides who may come in, for HTTP routes and for answers. So handlers that block keep
 * nobody from coming in, and the answers that they wait for never need one of their threads.
 */
public final class HandlerExecutor {
    /** Runs handlers where they are called. */
    public static final Executor EVENT_LOOP = Runnable::run;

    private final Executor executor;
    private final Executor admission;
    private final Executor routes;
    private final Executor replies;
    /** Those that end with the server: not the user's. */
    private final Set<HandlerPool> own;

    /** @param virtual for all; null for pools */
    private HandlerExecutor(@Nullable Executor chosen, @Nullable Executor replying, @Nullable HandlerPool virtual) {
        Set<HandlerPool> pools = new HashSet<>(4);
        this.executor = chosen == null ? pool(virtual, "sockeye-handler-", pools) : chosen;
        this.admission = chosen == null ? pool(virtual, "sockeye-admission-", pools) : chosen;
        this.routes = chosen == null ? pool(virtual, "sockeye-route-", pools) : chosen;
        boolean onLoop = chosen == EVENT_LOOP && replying == null;
        var answering = replying == null && !onLoop ? pool(virtual, "sockeye-reply-", pools) : replying;
        this.replies = answering == null ? EVENT_LOOP : task -> executeOrRun(answering, task);
        this.own = Set.copyOf(pools);
    }

    private static HandlerPool pool(@Nullable HandlerPool virtual, String prefix, Set<HandlerPool> pools) {
        var pool = virtual == null ? HandlerPool.bounded(prefix) : virtual;
        pools.add(pool);
        return pool;
    }

    /**
     * @param chosen the user's, or null for ours
     * @param replying the user's, or null for ours
     */
    public static HandlerExecutor of(@Nullable Executor chosen, @Nullable Executor replying) {
        boolean virtual = Runtime.version().feature() >= 21;
        return new HandlerExecutor(chosen, replying, virtual ? HandlerPool.ofVirtualThreads() : null);
    }

    /** The same as before JDK 21. */
    static HandlerExecutor ofPools(@Nullable Executor chosen, @Nullable Executor replying) {
        return new HandlerExecutor(chosen, replying, null);
    }

    /** Also after the stop somebody may wait for an answer: that there is none. */
    private static void executeOrRun(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Where handlers run. */
    public Executor executor() {
        return executor;
    }

    /** Where it is decided who may come in: middleware, matchers, adapters, checks of requests. */
    public Executor admission() {
        return admission;
    }

    /** Where HTTP routes run. */
    public Executor routes() {
        return routes;
    }

    /** Whether that is no executor of the user's. */
    public boolean endsWithServer(Executor other) {
        return other == EVENT_LOOP || (other instanceof HandlerPool pool && own.contains(pool));
    }

    /** Where the futures of acknowledgements are completed. */
    public Executor replies() {
        return replies;
    }

    /** Whether a task of ours calls this, such as a handler. */
    public boolean runsCaller() {
        return own.stream().anyMatch(HandlerPool::runsCaller);
    }

    /** Lets running handlers finish within a time, but for the one that calls this. The user's executor is left alone. */
    public void stop(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        own.forEach(HandlerPool::shutDown);
        try {
            for (var pool : own) {
                pool.awaitTasks(end);
            }
        } catch (InterruptedException e) {
            own.forEach(HandlerPool::cutOff);
            Thread.currentThread().interrupt();
        }
    }
}
