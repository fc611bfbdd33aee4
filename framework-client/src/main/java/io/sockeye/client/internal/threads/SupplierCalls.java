package io.sockeye.client.internal.threads;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a supplier of the user's, which may block, on an executor's thread, one call at a time. A new call interrupts one
 * that has not returned and waits for it to end: a supplier that blocks forever occupies one thread, not one for each
 * attempt to connect. Any thread.
 *
 * @param <T> what is supplied
 */
public final class SupplierCalls<T extends @Nullable Object> {
    private final Executor threads;
    /** Whether a call has not returned; guarded by this. */
    private boolean busy;
    /** The thread of that call; null until it is known. Guarded by this. */
    private @Nullable Thread caller;
    /** The call that follows; null if there is none. Guarded by this. */
    private @Nullable Call<T> next;
    /** Whether no call is made any more; guarded by this. */
    private boolean stopped;

    /** @param threads gets one task at a time: the next one when the one before has ended */
    public SupplierCalls(Executor threads) {
        this.threads = threads;
    }

    private record Call<T extends @Nullable Object>(Supplier<? extends T> supplier, CompletableFuture<T> answer) {}

    /** What the supplier returns or throws. The future of a call that waited to begin is cancelled. */
    public CompletableFuture<T> call(Supplier<? extends T> supplier) {
        var call = new Call<T>(supplier, new CompletableFuture<>());
        var dropped = start(call);
        if (dropped != null) {
            dropped.answer.completeExceptionally(new CancellationException("called again meanwhile"));
        }
        return call.answer;
    }

    /** @return the call that will not be made any more; null if none was waiting */
    private @Nullable Call<T> start(Call<T> call) {
        synchronized (this) {
            if (busy) {
                var dropped = next;
                next = call;
                if (caller != null) {
                    caller.interrupt();
                }
                return dropped;
            }
            busy = true;
        }
        threads.execute(() -> run(call));
        return null;
    }

    /** Interrupts a call that has not returned; none follows. */
    public void stop() {
        synchronized (this) {
            stopped = true;
            if (caller != null) {
                caller.interrupt();
            }
        }
    }

    private void run(Call<T> call) {
        T value = null;
        Throwable failure = null;
        try {
            markCaller();
            value = call.supplier.get();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        runNext();
        if (failure == null) {
            complete(call.answer, value);
        } else {
            call.answer.completeExceptionally(failure);
        }
    }

    private synchronized void markCaller() {
        if (stopped) {
            throw new CancellationException("nobody waits any more");
        }
        caller = Thread.currentThread();
    }

    @SuppressWarnings("NullAway") // Null is what the supplier returned, where T may be null.
    private static <T extends @Nullable Object> void complete(CompletableFuture<T> future, @Nullable T value) {
        future.complete(value);
    }

    private void runNext() {
        Call<T> following;
        synchronized (this) {
            caller = null;
            following = next;
            next = null;
            busy = following != null;
            Thread.interrupted(); // The interruption was for the call that is over.
        }
        if (following != null) {
            threads.execute(() -> run(following));
        }
    }
}
