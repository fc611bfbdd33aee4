package io.sockeye.client;

import io.sockeye.event.Args;
import io.sockeye.event.Event;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Emits events to the server. Any thread.
 *
 * <pre>{@code
 * client.emit("say", new Line("hello"));
 * client.timeout(Duration.ofSeconds(5)).request("sum", Integer.class, new Numbers(1, 2)).thenAccept(sum -> …);
 * client.asVolatile().emit("position", x, y);
 * }</pre>
 */
public sealed interface Emitter permits Socket, SocketEmitter {
    /**
     * Instead of a timeout: as long as the connection lasts. For {@link #timeout}, {@link SocketClientBuilder#ackTimeout}
     * and other times of a client.
     */
    Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /**
     * Sends an event, now or as soon as the socket is connected. Binary values ({@code byte[]}, {@link
     * java.nio.ByteBuffer}) may stand anywhere in the arguments. The arguments are written before this returns and may
     * change afterwards.
     *
     * @throws io.sockeye.json.JsonException if an argument cannot be written as JSON
     * @throws IllegalArgumentException if the name is reserved
     * @throws IllegalStateException if the client was closed
     * @throws NotSentException if more than {@link SocketClientBuilder#outboxBytes} would wait; a message that is bigger than the
     *     server takes is told to {@link SocketClientBuilder#onError}, since that may be known only later
     */
    void emit(String event, @Nullable Object @Nullable ... args);

    /**
     * Sends an event and asks for an acknowledgement, whose first value completes the future, null where the server wrote null
     * (NaN for floating-point numbers). {@link Args} stands for all its values, {@link Void} for none: then it is null; an {@link
     * java.util.Optional}, said by a {@link TypeReference}, is empty for null and where there is no value. It fails with an {@link io.sockeye.event.AckTimeoutException} after
     * the timeout, {@link #timeout(Duration)} or {@link SocketClientBuilder#ackTimeout}, 30 s unless told; then the event is
     * withdrawn if it still waits here. With {@link #FOREVER} it waits as long as the connection lasts. With {@link
     * SocketClientBuilder#retries} the time of each attempt begins when the event leaves. It fails with a {@link
     * io.sockeye.event.DisconnectedException} when the connection is lost after the event was sent, and with a {@link
     * io.sockeye.json.JsonException} if the value is missing or of another type, as null is of each primitive type but those
     * two. A handler there that threw a {@link
     * io.sockeye.event.Rejection} makes it fail with that, and what cannot be sent with a {@link NotSentException}. The future is completed on a thread of the client's, so
     * that a handler may wait for it.
     *
     * @throws io.sockeye.json.JsonException if an argument cannot be written as JSON
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     * @throws IllegalStateException if the client was closed
     */
    <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object @Nullable ... args);

    /** The same for a generic type, such as {@code new TypeReference<List<Line>>() {}}. */
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

    /**
     * Emits with a time in which the acknowledgement must arrive, instead of the client's {@code ackTimeout}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    SocketEmitter timeout(Duration limit);

    /**
     * Emits what is dropped if it cannot leave at once. A request that is dropped fails at once, with a {@link NotSentException}
     * if there is a connection.
     */
    SocketEmitter asVolatile();

    /** Emits what may be compressed or not where the connection does so; it may unless told. */
    SocketEmitter compress(boolean wanted);
}
