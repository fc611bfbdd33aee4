package io.sockeye.server;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Where handlers run: on the user's executor, on virtual threads where the JDK has them, else on a bounded pool. The
 * answers that handlers wait for never need one of the handlers' threads: all of them may be waiting.
 */
final class HandlerExecutor {
    /** Runs handlers where they are called. */
    static final Executor EVENT_LOOP = Runnable::run;

    private final Executor executor;
    private final Executor replies;
    /** Those that end with the server: not the user's. */
    private final Set<HandlerPool> own;

    private HandlerExecutor(Executor executor, Executor replies, Set<HandlerPool> own) {
        this.executor = executor;
        this.replies = replies;
        this.own = own;
    }

    /**
     * @param chosen the user's, or null for ours
     * @param replying the user's, or null for ours
     */
    static HandlerExecutor of(@Nullable Executor chosen, @Nullable Executor replying) {
        if (chosen == EVENT_LOOP && replying == null) {
            return new HandlerExecutor(chosen, chosen, Set.of());
        }
        boolean virtual = Runtime.version().feature() >= 21;
        Set<HandlerPool> own = new HashSet<>(2);
        var threads = virtual ? HandlerPool.ofVirtualThreads() : null;
        var handlers = chosen;
        if (handlers == null) {
            var pool = threads == null ? HandlerPool.bounded("sockeye-handler-") : threads;
            own.add(pool);
            handlers = pool;
        }
        var answering = replying;
        if (answering == null) {
            var pool = threads == null ? HandlerPool.bounded("sockeye-reply-") : threads;
            own.add(pool);
            answering = pool;
        }
        var present = answering;
        return new HandlerExecutor(handlers, task -> executeOrRun(present, task), own);
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

    /** Whether that is no executor of the user's. */
    boolean endsWithServer(Executor other) {
        return other == EVENT_LOOP || (other instanceof HandlerPool pool && own.contains(pool));
    }

    /** Where the futures of acknowledgements are completed. */
    Executor replies() {
        return replies;
    }

    /** Whether a task of ours calls this, such as a handler. */
    boolean runsCaller() {
        return own.stream().anyMatch(HandlerPool::runsCaller);
    }

    /** Lets running handlers finish within a time, but for the one that calls this. The user's executor is left alone. */
    void stop(Duration timeout) {
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
