package io.sockeye.server;

import io.sockeye.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sockets to emit to, to ask, and to move between rooms or disconnect: all of a namespace, or those in some rooms. Any
 * thread.
 *
 * <pre>{@code
 * server.to("lobby", "garden").except("muted").emit("said", "hello");
 * server.in("lobby").socketsJoin("garden");
 * server.in("garden").timeout(Duration.ofSeconds(5)).request("ready?").thenAccept(answers -> …);
 * }</pre>
 */
public interface Audience {
    /** The same sockets as a {@link Broadcast}, which can be kept. */
    Broadcast broadcast();

    /** The sockets in one of these rooms. A socket in several of them gets an event once. */
    default Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** The same as {@link #to}, which reads better where nothing is sent. */
    default Broadcast in(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Without the sockets in these rooms. */
    default Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** Without the sockets of other servers of the cluster. */
    default Broadcast local() {
        return broadcast().local();
    }

    /**
     * Drops events for clients that cannot take them at once; of a request, these count as {@link Answers#missing()}.
     */
    default Broadcast asVolatile() {
        return broadcast().asVolatile();
    }

    /** Whether events may be compressed where the connection does so; true by default. */
    default Broadcast compress(boolean wanted) {
        return broadcast().compress(wanted);
    }

    /**
     * Limits the time for acknowledgements and for the answers of other servers: 5 seconds by default.
     *
     * @throws IllegalArgumentException if it is negative
     */
    default Broadcast timeout(Duration limit) {
        return broadcast().timeout(limit);
    }

    /**
     * Sends an event; see {@link Socket#emit}. It is encoded once, whatever the number of sockets.
     *
     * @throws io.sockeye.json.JsonException if an argument cannot be written as JSON
     * @throws IllegalArgumentException if the name is reserved
     */
    default void emit(String event, @Nullable Object @Nullable ... args) {
        broadcast().emit(event, args);
    }

    /** Sends an event with its argument; see {@link #emit(String, Object...)}. */
    default <T> void emit(Event<T> event, T value) {
        emit(event.name(), event.arguments(value));
    }

    /** Sends an event that has no argument. */
    default void emit(Event<Void> event) {
        emit(event.name());
    }

    /** Sends an event with its argument and asks all sockets; see {@link #request(String, Object...)}. */
    default <T> CompletableFuture<Answers> request(Event<T> event, T value) {
        return request(event.name(), event.arguments(value));
    }

    /** Sends an event that has no argument and asks all sockets. */
    default CompletableFuture<Answers> request(Event<Void> event) {
        return request(event.name());
    }

    /**
     * Sends an event and asks all sockets for an acknowledgement. The future is completed on a thread of the handlers,
     * as soon as all have answered or are gone, or the timeout is over; it does not fail. After the timeout the event
     * is withdrawn where it was not sent yet.
     */
    default CompletableFuture<Answers> request(String event, @Nullable Object @Nullable ... args) {
        return broadcast().request(event, args);
    }

    /**
     * The sockets at the time of the call, also those of other servers. The future is completed on a thread of the
     * handlers, as soon as all servers have answered or the timeout is over; it does not fail.
     */
    default CompletableFuture<FetchedSockets> fetchSockets() {
        return broadcast().fetchSockets();
    }

    /** The sockets of this server at the time of the call. */
    default CompletableFuture<List<Socket>> localSockets() {
        return broadcast().localSockets();
    }

    /** Makes the sockets join rooms. */
    default void socketsJoin(String... rooms) {
        broadcast().socketsJoin(rooms);
    }

    /** Makes the sockets leave rooms. */
    default void socketsLeave(String... rooms) {
        broadcast().socketsLeave(rooms);
    }

    /** Disconnects the sockets; with {@code close} also their connections. */
    default void disconnectSockets(boolean close) {
        broadcast().disconnectSockets(close);
    }
}
