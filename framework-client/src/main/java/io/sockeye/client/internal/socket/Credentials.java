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

/** What one socket sends to say who its user is. Any thread. */
public final class Credentials {
    private final Json json;
    private final SupplierCalls<@Nullable Object> calls;

    /** Null for nothing; a {@link Supplier} is called for each connection. */
    private volatile @Nullable Object auth;

    /** @param threads where the user's supplier is called, which may block */
    public Credentials(Json json, Executor threads, @Nullable Object auth) {
        this.json = json;
        this.calls = new SupplierCalls<>(threads);
        this.auth = auth;
    }

    /** @throws IllegalArgumentException if it is neither a supplier nor an object in JSON */
    public void set(Object chosen) {
        auth = check(json, chosen);
    }

    /**
     * The same value.
     *
     * @throws IllegalArgumentException if it is neither a supplier nor an object in JSON; the message does not contain it,
     *     since it may be a secret
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

    /** The value or its supplier; null for nothing. */
    @Nullable
    Object get() {
        return auth;
    }

    /** Whether this is the value or supplier that was set then. */
    boolean isSameAs(@Nullable Object then) {
        return Objects.equals(auth, then);
    }

    /**
     * Gets the value, from the supplier if there is one.
     *
     * @param callback gets the value or the failure: before this returns, or later on the loop if there is a supplier
     */
    void request(Executor loop, BiConsumer<@Nullable JsonValue, @Nullable Throwable> callback) {
        var chosen = auth;
        if (chosen instanceof Supplier<?> supplier) {
            calls.call(() -> supplier.get())
                    .thenCompose(Credentials::flattened)
                    .thenApply(this::written)
                    .whenComplete((value, failure) ->
                            loop.execute(() -> callback.accept(value, failure == null ? null : Causes.of(failure))));
        } else {
            complete(chosen, callback);
        }
    }

    /** Interrupts a call of the supplier; none follows. */
    void stop() {
        calls.stop();
    }

    @SuppressWarnings("unchecked") // Whatever its type, it is serialized as JSON.
    private static CompletionStage<@Nullable Object> flattened(@Nullable Object supplied) {
        return supplied instanceof CompletionStage<?> later
                ? (CompletionStage<@Nullable Object>) later
                : CompletableFuture.completedFuture(supplied);
    }

    private void complete(@Nullable Object value, BiConsumer<@Nullable JsonValue, @Nullable Throwable> callback) {
        JsonValue written;
        try {
            written = written(value);
        } catch (RuntimeException | Error e) {
            callback.accept(null, e);
            return;
        }
        callback.accept(written, null);
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

    /** Writes a map as a plain object, whatever the user's mapper would add to it; its members are written by that mapper. */
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
