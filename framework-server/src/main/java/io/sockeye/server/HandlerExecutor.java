package io.sockeye.server;

import java.time.Duration;
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

    /** @param chosen the user's, or null for ours */
    static HandlerExecutor of(@Nullable Executor chosen) {
        if (chosen == EVENT_LOOP) {
            return new HandlerExecutor(chosen, chosen, Set.of());
        }
        boolean virtual = Runtime.version().feature() >= 21;
        var answering = virtual ? HandlerPool.ofVirtualThreads() : HandlerPool.bounded("sockeye-reply-");
        Executor replies = task -> executeOrRun(answering, task);
        if (chosen != null) {
            return new HandlerExecutor(chosen, replies, Set.of(answering));
        }
        if (virtual) {
            return new HandlerExecutor(answering, replies, Set.of(answering));
        }
        var handlers = HandlerPool.bounded("sockeye-handler-");
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
