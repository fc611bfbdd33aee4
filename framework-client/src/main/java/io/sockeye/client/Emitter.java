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
 * Emitter positions = client.asVolatile();
 * positions.emit("position", x, y);
 * }</pre>
 */
public interface Emitter {
    /**
     * No timeout: a request waits as long as the connection lasts. For {@link #timeout}, {@link
     * SocketClientBuilder#ackTimeout} and other times of a client.
     */
    Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /**
     * Sends an event, now or as soon as the socket is connected. Does not wait. Binary values ({@code byte[]}, {@link
     * java.nio.ByteBuffer}) may be anywhere in the arguments. The arguments are serialized before this method returns and
     * may be changed afterwards.
     *
     * @throws io.sockeye.json.JsonException if an argument cannot be written as JSON
     * @throws IllegalArgumentException if the name is reserved
     * @throws IllegalStateException if the client was closed
     * @throws NotSentException if more than {@link SocketClientBuilder#outboxBytes} would wait; a message that is bigger
     *     than the server takes is reported to {@link SocketClientBuilder#onError}, since its limit may become known only
     *     later
     */
    void emit(String event, @Nullable Object @Nullable ... args);

    /**
     * Sends an event and asks for an acknowledgement, whose first value completes the future. Does not wait.
     *
     * <p>Which value: null where the server wrote null (NaN for floating-point types). {@link Args} stands for all values of
     * the acknowledgement, {@link Void} for none: then the value is null. An {@link java.util.Optional}, written as a {@link
     * TypeReference}, is empty where the value is null or missing.
     *
     * <p>The future fails with
     *
     * <ul>
     *   <li>an {@link io.sockeye.event.AckTimeoutException} after {@link #timeout(Duration)}, or else {@link
     *       SocketClientBuilder#ackTimeout} (30 s by default). An event that still waits in this client then is not sent any more.
     *       With {@link SocketClientBuilder#retries} the time of each attempt begins when the event is sent
     *   <li>an {@link io.sockeye.event.DisconnectedException} when the connection is lost after the event was sent
     *   <li>an {@link io.sockeye.json.JsonException} if the value is missing or of another type; null does not fit primitive types,
     *       except {@code float} and {@code double}
     *   <li>the {@link io.sockeye.event.Rejection} that the server's handler threw
     *   <li>a {@link NotSentException} if the event cannot be sent
     * </ul>
     *
     * <p>It is completed on a thread of the client that runs no handlers: a handler may wait for it.
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
     * An emitter whose requests fail when no acknowledgement has arrived within this time; it replaces the client's {@code
     * ackTimeout}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    Emitter timeout(Duration limit);

    /**
     * An emitter that drops an event which cannot be sent at once. A dropped request fails at once: with a {@link
     * NotSentException} if the socket is connected, else with an {@link io.sockeye.event.DisconnectedException}.
     */
    Emitter asVolatile();

    /**
     * An emitter that allows or forbids compression of its events, where the connection compresses at all; allowed by
     * default.
     */
    Emitter compress(boolean wanted);
}
