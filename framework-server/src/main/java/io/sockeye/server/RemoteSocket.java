package io.sockeye.server;

import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Event;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * A socket of this or another server of the cluster as it was when it was fetched, with methods that act on it.
 * Immutable; any thread.
 *
 * <pre>{@code
 * server.in("lobby").fetchSockets().thenAccept(sockets ->
 *         sockets.forEach(socket -> socket.emit("your rooms", socket.rooms())));
 * }</pre>
 */
public interface RemoteSocket {
    /** The socket's id; also the name of a room in which it is alone. */
    String id();

    /** The request and the auth payload of the client. */
    Handshake handshake();

    /** The rooms that it was in, with the one of its own id. */
    Set<String> rooms();

    /** A copy of the socket's data; of another server's socket, a copy by JSON. */
    Map<String, Object> data();

    /** Sends it an event; see {@link Socket#emit}. */
    void emit(String event, @Nullable Object @Nullable ... args);

    /** Sends it an event with its argument. */
    <T> void emit(Event<T> event, T value);

    /** Sends it an event that has no argument. */
    void emit(Event<Void> event);

    /**
     * Asks it for an acknowledgement; see {@link Socket#request}. The future fails with an {@link AckTimeoutException}
     * after the timeout, and with a {@link DisconnectedException} as soon as this server knows that the socket is gone.
     */
    <T> CompletableFuture<T> request(
            Duration timeout, String event, Class<T> type, @Nullable Object @Nullable ... args);

    /** Asks it for an acknowledgement of a generic type. */
    <T> CompletableFuture<T> request(
            Duration timeout, String event, TypeReference<T> type, @Nullable Object @Nullable ... args);

    /** Asks it for all values of an acknowledgement. */
    CompletableFuture<Args> request(Duration timeout, String event, @Nullable Object @Nullable ... args);

    /** Asks it for an acknowledgement of an event with its argument. */
    <T, R> CompletableFuture<R> request(Duration timeout, Event<T> event, Class<R> type, T value);

    /** Asks it for an acknowledgement of an event that has no argument. */
    <R> CompletableFuture<R> request(Duration timeout, Event<Void> event, Class<R> type);

    /** Makes it join rooms. */
    void join(String... rooms);

    /** Makes it leave rooms. */
    void leave(String... rooms);

    /** Disconnects it; with {@code close} also its connection. */
    void disconnect(boolean close);
}
