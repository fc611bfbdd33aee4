package io.sockeye.client.internal.socket;

import io.sockeye.client.internal.threads.SupplierCalls;
import io.sockeye.concurrent.Causes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one socket says of its user when it connects. Any thread. */
public final class Credentials {
    private final Json json;
    private final SupplierCalls<@Nullable Object> calls;

    /** Null for nothing; a {@link Supplier} is asked each time. */
    private volatile @Nullable Object auth;

    /** @param threads where the user's supplier is asked; one that does not answer keeps nothing else waiting */
    public Credentials(Json json, Executor threads, @Nullable Object auth) {
        this.json = json;
        this.calls = new SupplierCalls<>(threads);
        this.auth = auth;
    }

    /** @throws IllegalArgumentException if it is neither a supplier nor what JSON writes as an object */
    public void set(Object chosen) {
        auth = check(json, chosen);
    }

    /**
     * The same value.
     *
     * @throws IllegalArgumentException if it is neither a supplier nor what JSON writes as an object; the message does not
     *     show it, since it may be a secret
     */
    public static Object check(Json json, Object chosen) {
        if (chosen instanceof CompletionStage<?>) {
            throw new IllegalArgumentException("auth: a future says the same for ever; give a supplier of it");
        }
        if (!(chosen instanceof Supplier<?>)) {
            try {
                payload(json, chosen);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("auth: " + e.getMessage(), e);
            }
        }
        return chosen;
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
            calls.ask(() -> supplier.get())
                    .thenCompose(Credentials::awaited)
                    .thenApply(this::written)
                    .whenComplete((value, failure) ->
                            loop.execute(() -> taker.accept(value, failure == null ? null : Causes.of(failure))));
        } else {
            answer(chosen, taker);
        }
    }

    /** A supplier is not waited for any longer, nor asked again. */
    void stop() {
        calls.stop();
    }

    @SuppressWarnings("unchecked") // Whatever its type, it is a value that JSON may write.
    private static CompletionStage<@Nullable Object> awaited(@Nullable Object supplied) {
        return supplied instanceof CompletionStage<?> later
                ? (CompletionStage<@Nullable Object>) later
                : CompletableFuture.completedFuture(supplied);
    }

    private void answer(@Nullable Object value, BiConsumer<@Nullable JsonValue, @Nullable Throwable> taker) {
        JsonValue written;
        try {
            written = written(value);
        } catch (RuntimeException | Error e) {
            taker.accept(null, e);
            return;
        }
        taker.accept(written, null);
    }

    private @Nullable JsonValue written(@Nullable Object value) {
        return value == null ? null : payload(json, value);
    }

    private static JsonValue payload(Json json, Object value) {
        JsonValue written;
        try {
            written = value instanceof Map<?, ?> members ? object(json, members) : json.value(value);
        } catch (JsonException e) {
            throw new IllegalArgumentException(
                    "a %s cannot be written as JSON".formatted(value.getClass().getName()), e);
        }
        if (written.kind() != JsonValue.Kind.OBJECT) {
            throw new IllegalArgumentException("a %s is %s in JSON, and must be an object"
                    .formatted(value.getClass().getName(), written.kind()));
        }
        return written;
    }

    /** The object is the protocol's, whatever the user's mapper would add to a map. Its members are the user's. */
    private static JsonValue object(Json json, Map<?, ?> members) {
        var builder = json.builder();
        builder.beginObject(members.size());
        members.forEach((name, member) -> {
            builder.key(String.valueOf(name));
            json.value(member).writeTo(builder);
        });
        builder.end();
        return builder.toValue();
    }
}
