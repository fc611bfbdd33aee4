package io.sockeye.client.internal.threads;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a supplier of the user's, which may block, on a thread of an executor; one call at a time. Whoever asks while a call
 * has not returned interrupts it, and is answered by the next one: what blocks for ever keeps one thread, not one for each
 * attempt to connect. Any thread.
 *
 * @param <T> what is supplied
 */
public final class SupplierCalls<T extends @Nullable Object> {
    private final Executor threads;
    /** Whether a call was begun that has not returned; guarded by this. */
    private boolean busy;
    /** The thread of that call; null until it is known. Guarded by this. */
    private @Nullable Thread caller;
    /** What is asked next; null if nothing is. Guarded by this. */
    private @Nullable Question<T> next;
    /** Whether nobody is asked any more; guarded by this. */
    private boolean stopped;

    /** @param threads is given one task at a time: the next one when the one before is done */
    public SupplierCalls(Executor threads) {
        this.threads = threads;
    }

    private record Question<T extends @Nullable Object>(Supplier<? extends T> supplier, CompletableFuture<T> answer) {}

    /** What the supplier returns or throws. Who waited for another call is told that it was cancelled. */
    public CompletableFuture<T> ask(Supplier<? extends T> supplier) {
        var question = new Question<T>(supplier, new CompletableFuture<>());
        var dropped = accept(question);
        if (dropped != null) {
            dropped.answer.completeExceptionally(new CancellationException("asked again meanwhile"));
        }
        return question.answer;
    }

    /** Who is not asked any more; null if nobody was to be. */
    private @Nullable Question<T> accept(Question<T> question) {
        synchronized (this) {
            if (busy) {
                var dropped = next;
                next = question;
                if (caller != null) {
                    caller.interrupt();
                }
                return dropped;
            }
            busy = true;
        }
        threads.execute(() -> answer(question));
        return null;
    }

    /** Nobody waits for an answer any more: a call that has not returned is interrupted, and none follows. */
    public void stop() {
        synchronized (this) {
            stopped = true;
            if (caller != null) {
                caller.interrupt();
            }
        }
    }

    private void answer(Question<T> question) {
        T value = null;
        Throwable failure = null;
        try {
            begin();
            value = question.supplier.get();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        goOn();
        if (failure == null) {
            complete(question.answer, value);
        } else {
            question.answer.completeExceptionally(failure);
        }
    }

    private synchronized void begin() {
        if (stopped) {
            throw new CancellationException("nobody waits any more");
        }
        caller = Thread.currentThread();
    }

    @SuppressWarnings("NullAway") // Null is what the supplier returned, where T may be null.
    private static <T extends @Nullable Object> void complete(CompletableFuture<T> future, @Nullable T value) {
        future.complete(value);
    }

    private void goOn() {
        Question<T> following;
        synchronized (this) {
            caller = null;
            following = next;
            next = null;
            busy = following != null;
            Thread.interrupted(); // It was meant for the call that is over.
        }
        if (following != null) {
            threads.execute(() -> answer(following));
        }
    }
}
