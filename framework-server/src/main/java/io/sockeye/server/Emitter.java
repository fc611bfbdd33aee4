package io.sockeye.server;

import io.sockeye.event.Args;
import io.sockeye.event.Event;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Emits to one socket, or to the others around it. Any thread.
 *
 * <pre>{@code
 * socket.timeout(Duration.ofSeconds(5)).request("ready?", Boolean.class).thenAccept(ready -> …);
 * socket.asVolatile().to("lobby").emit("position", x, y);
 * }</pre>
 */
public interface Emitter {
    /**
     * Sends an event. Binary values ({@code byte[]}, {@link java.nio.ByteBuffer}) may stand anywhere in the arguments.
     * The arguments are written before this returns and may change afterwards.
     *
     * @throws io.sockeye.json.JsonException if an argument cannot be written as JSON
     * @throws IllegalArgumentException if the name is reserved
     */
    void emit(String event, @Nullable Object @Nullable ... args);

    /**
     * Sends an event and asks for an acknowledgement, whose first value completes the future, null where the client wrote null
     * (NaN for floating-point numbers). {@link Args} stands for all its values, {@link Void} for none, which is null;
     * an {@link java.util.Optional}, given by a {@link TypeReference}, is empty for null and if there is no value. It
     * fails with a {@link io.sockeye.event.DisconnectedException} when the client is gone, with an {@link
     * io.sockeye.event.AckTimeoutException} after the timeout, which also withdraws an event that was not sent yet,
     * with a {@link io.sockeye.event.Rejection} if that is the answer, and with a {@link io.sockeye.json.JsonException}
     * if the value is missing or of another type, as null is of each primitive type but those two. Futures are
     * completed on threads of their own, so that handlers, and dependent stages of other requests, may wait for them;
     * those of several requests may complete at the same time.
     *
     * @throws io.sockeye.json.JsonException if an argument cannot be written as JSON
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object @Nullable ... args);

    /**
     * The same, whose first value is of a generic type, such as {@code request("history", new
     * TypeReference<List<Line>>() {})}.
     */
    <T> CompletableFuture<T> request(String event, TypeReference<T> type, @Nullable Object @Nullable ... args);

    /** The same for all values of the acknowledgement. */
    default CompletableFuture<Args> request(String event, @Nullable Object @Nullable ... args) {
        return request(event, Args.class, args);
    }

    /** Sends an event with its argument; see {@link #emit(String, Object...)}. */
    default <T> void emit(Event<T> event, T value) {
        emit(event.name(), event.arguments(value));
    }

    /** Sends an event that has no argument. */
    default void emit(Event<Void> event) {
        emit(event.name());
    }

    /** Sends an event with its argument and asks for an acknowledgement; see {@link #request(String, Class, Object...)}. */
    default <T, R> CompletableFuture<R> request(Event<T> event, Class<R> type, T value) {
        return request(event.name(), type, event.arguments(value));
    }

    /** Sends an event with its argument and asks for an acknowledgement of a generic type. */
    default <T, R> CompletableFuture<R> request(Event<T> event, TypeReference<R> type, T value) {
        return request(event.name(), type, event.arguments(value));
    }

    /** Sends an event that has no argument and asks for an acknowledgement. */
    default <R> CompletableFuture<R> request(Event<Void> event, Class<R> type) {
        return request(event.name(), type);
    }

    /** Sends an event that has no argument and asks for an acknowledgement of a generic type. */
    default <R> CompletableFuture<R> request(Event<Void> event, TypeReference<R> type) {
        return request(event.name(), type);
    }

    /**
     * Emits with a limit of the time for acknowledgements.
     *
     * @throws IllegalArgumentException if it is negative
     */
    Emitter timeout(Duration limit);

    /**
     * Drops what is emitted if the client cannot take it at once. A request that is dropped fails like one without an
     * answer: after its timeout, or, if it has none, when the client is gone.
     */
    Emitter asVolatile();

    /** Whether what is emitted may be compressed where the connection does so; true by default. */
    Emitter compress(boolean wanted);

    /** All sockets of the namespace but this one. */
    Broadcast broadcast();

    /** All sockets in these rooms, but not this one. */
    default Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** The same as {@link #to}. */
    default Broadcast in(String... rooms) {
        return broadcast().to(rooms);
    }

    /** All sockets of the namespace but this one and the ones in these rooms. */
    default Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** All sockets of the namespace on this server but this one. */
    default Broadcast local() {
        return broadcast().local();
    }
}
