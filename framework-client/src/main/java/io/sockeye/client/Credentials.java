package io.sockeye.client;

import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one socket says of its user when it connects. Any thread. */
final class Credentials {
    private final Json json;
    private final Executor suppliers;

    /** Null for nothing; a {@link Supplier} is asked each time. */
    private volatile @Nullable Object auth;

    /** @param suppliers asks the user's supplier; one that does not answer keeps nothing else waiting */
    Credentials(Json json, Executor suppliers, @Nullable Object auth) {
        this.json = json;
        this.suppliers = suppliers;
        this.auth = auth;
    }

    void set(@Nullable Object chosen) {
        auth = chosen;
    }

    /** What is said of the user, or who is asked; null for nothing. */
    @Nullable
    Object get() {
        return auth;
    }

    /** Whether the same would be said of the user as was said then. */
    boolean saysTheSameAs(@Nullable Object then) {
        return Objects.equals(auth, then);
    }

    /**
     * Asks for the user's credentials.
     *
     * @param taker takes them, or the failure: before this returns, or later on the loop if the user has to be asked
     */
    void ask(Executor loop, BiConsumer<@Nullable JsonValue, @Nullable Throwable> taker) {
        var chosen = auth;
        if (chosen instanceof Supplier<?> supplier) {
            suppliers.execute(() ->
                    ask(supplier, (value, failure) -> loop.execute(() -> taker.accept(value, failure))));
        } else {
            answer(chosen, taker);
        }
    }

    private void ask(Supplier<?> supplier, BiConsumer<@Nullable JsonValue, @Nullable Throwable> taker) {
        Object supplied;
        try {
            supplied = supplier.get();
        } catch (RuntimeException | Error e) {
            taker.accept(null, e);
            return;
        }
        if (supplied instanceof CompletionStage<?> later) {
            later.whenComplete((value, failure) -> answer(value, failure, taker));
        } else {
            answer(supplied, taker);
        }
    }

    private void answer(
            @Nullable Object value,
            @Nullable Throwable failure,
            BiConsumer<@Nullable JsonValue, @Nullable Throwable> taker) {
        if (failure == null) {
            answer(value, taker);
        } else {
            taker.accept(null, Failures.unwrapped(failure));
        }
    }

    private void answer(@Nullable Object value, BiConsumer<@Nullable JsonValue, @Nullable Throwable> taker) {
        JsonValue written;
        try {
            written = value == null ? null : payload(value);
        } catch (RuntimeException | Error e) {
            taker.accept(null, e);
            return;
        }
        taker.accept(written, null);
    }

    private JsonValue payload(Object value) {
        var written = json.value(value);
        if (written.kind() != JsonValue.Kind.OBJECT) {
            throw new IllegalArgumentException("auth must be an object: " + written);
        }
        return written;
    }
}
