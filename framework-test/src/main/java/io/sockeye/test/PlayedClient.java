package io.sockeye.test;

import io.sockeye.event.Event;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a {@link TestSocket}: what a test does as the client, and what the client was sent. Arguments become JSON
 * and are read from it, as on the wire. What is done returns when the server has done all that follows from it.
 */
public interface PlayedClient {
    /**
     * Sends an event to the server: its handlers run before this returns.
     *
     * @throws io.sockeye.json.JsonException if an argument cannot be written as JSON
     * @throws IllegalArgumentException if the name is reserved
     * @throws IllegalStateException if the client is not there any more
     */
    void receive(String event, @Nullable Object @Nullable ... args);

    /** Sends an event with its argument; see {@link #receive(String, Object...)}. */
    default <T> void receive(Event<T> event, T value) {
        receive(event.name(), event.arguments(value));
    }

    /** Sends an event that has no argument. */
    default void receive(Event<Void> event) {
        receive(event.name());
    }

    /** Sends an event and asks for an acknowledgement; otherwise as {@link #receive(String, Object...)}. */
    TestAnswer ask(String event, @Nullable Object @Nullable ... args);

    /** Sends an event with its argument and asks for an acknowledgement. */
    default <T> TestAnswer ask(Event<T> event, T value) {
        return ask(event.name(), event.arguments(value));
    }

    /** Sends an event that has no argument and asks for an acknowledgement. */
    default TestAnswer ask(Event<Void> event) {
        return ask(event.name());
    }

    /** The client leaves the namespace: the handlers are told {@code CLIENT_NAMESPACE_DISCONNECT}. */
    void sayGoodbye();

    /** The client's connection ends: the handlers are told {@code TRANSPORT_CLOSE}. */
    void loseConnection();

    /** Whether the connection that carries the socket is open. */
    boolean connectionOpen();

    /** All events that the client was sent, in their order. */
    List<SentEvent> sent();

    /** The events of that name that the client was sent. */
    default List<SentEvent> sent(String event) {
        return sent().stream().filter(it -> it.name().equals(event)).toList();
    }

    /**
     * The arguments of such events that the client was sent.
     *
     * @throws io.sockeye.json.JsonException if one is of another type
     */
    default <T> List<T> sent(Event<T> event) {
        return sent(event.name()).stream().map(it -> it.as(event)).toList();
    }

    /**
     * Waits for the first event of that name, which other threads have the server send.
     *
     * @throws AssertionError if there is none in that time; the message tells which events there were
     */
    SentEvent awaitSent(String event, Duration limit);

    /** What the application has sent to others by this socket, such as by {@link io.sockeye.server.Socket#to}. */
    List<SentBroadcast> broadcasts();

    /** The rooms that the socket has joined, each time, also those that it has left; without the one of its own id. */
    List<String> joinedRooms();

    /** The rooms that the socket has left, each time. */
    List<String> leftRooms();
}
