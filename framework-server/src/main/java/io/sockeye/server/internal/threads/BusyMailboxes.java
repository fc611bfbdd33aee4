package io.sockeye.server.internal.threads;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes on the user's executors that have something to do. Such an executor goes on when the server stops, which
 * can wait for what is the server's only by counting it. Any thread.
 */
public final class BusyMailboxes {
    private final AtomicInteger count = new AtomicInteger();
    /** Those that run tasks of a mailbox, and on which executor. */
    private final Map<Thread, Executor> threads = new ConcurrentHashMap<>();
    /** Who waits for the count to be zero; null if nobody does. */
    private volatile @Nullable CompletableFuture<Void> waiting;

    /** A mailbox has something to do. */
    void began() {
        count.incrementAndGet();
    }

    /** A mailbox has nothing to do any more. */
    void ended() {
        if (count.decrementAndGet() == 0) {
            var waiter = waiting;
            if (waiter != null) {
                waiter.complete(null);
            }
        }
    }

    /** Runs tasks of a mailbox, perhaps below those of another one. */
    void run(Executor executor, Runnable tasks) {
        var outer = threads.put(Thread.currentThread(), executor);
        try {
            tasks.run();
        } finally {
            if (outer == null) {
                threads.remove(Thread.currentThread());
            } else {
                threads.put(Thread.currentThread(), outer);
            }
        }
    }

    /** The executor of the mailbox whose task calls this; null if none does. */
    @Nullable
    Executor executorOfCaller() {
        return threads.get(Thread.currentThread());
    }

    /** Whether a task of a mailbox calls this. */
    public boolean runsCaller() {
        return threads.containsKey(Thread.currentThread());
    }

    /** Completes when none has anything to do; at once for a task that calls this, since others may need its thread. */
    public CompletableFuture<Void> none() {
        var done = new CompletableFuture<Void>();
        waiting = done;
        if (count.get() == 0 || runsCaller()) {
            done.complete(null);
        }
        return done;
    }
}
