package io.sockeye.client;

import io.sockeye.event.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Adds and removes the handlers of a {@link Socket}'s events. All methods may be called on any thread; a change takes effect
 * with the next event. Handlers are called one at a time in the order of the events, never on a thread that does I/O, and may
 * block.
 *
 * <pre>{@code
 * client.on("said", Line.class, line -> System.out.println(line.text()));
 * client.onRequest("ready?", String.class, game -> ready(game));
 * client.onAny((event, args) -> log.debug("{}: {}", event, args));
 * }</pre>
 */
public interface EventHandlers {
    /**
     * Handles an event of any arguments, after the handlers that were added before.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    Socket on(String event, EventHandler handler);

    /**
     * Handles an event by its first argument; see {@link TypedHandler} for arguments that do not fit.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    <T> Socket on(String event, Class<T> type, TypedHandler<T> handler);

    /**
     * The same for a generic type, such as {@code new TypeReference<List<Line>>() {}}.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    <T> Socket on(String event, TypeReference<T> type, TypedHandler<T> handler);

    /** Handles an event by its argument. */
    <T> Socket on(Event<T> event, TypedHandler<T> handler);

    /**
     * Handles an event by its first argument; what the handler returns is the acknowledgement. See {@link RequestHandler} for
     * failures.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    <T, R extends @Nullable Object> Socket onRequest(String event, Class<T> type, RequestHandler<T, R> handler);

    /**
     * The same for a generic type, such as {@code new TypeReference<List<Line>>() {}}.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    <T, R extends @Nullable Object> Socket onRequest(String event, TypeReference<T> type, RequestHandler<T, R> handler);

    /** Handles an event by its argument; what the handler returns is the acknowledgement. */
    <T, R extends @Nullable Object> Socket onRequest(Event<T> event, RequestHandler<T, R> handler);

    /** Handles the next event of that name only. */
    Socket once(String event, EventHandler handler);

    /** Handles the next event of that name only, by its first argument. */
    <T> Socket once(String event, Class<T> type, TypedHandler<T> handler);

    /** The same for a generic type. */
    <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler);

    /** Handles the next such event only, by its argument. */
    <T> Socket once(Event<T> event, TypedHandler<T> handler);

    /** Handles an event before the handlers that were added before. */
    Socket prepend(String event, EventHandler handler);

    /** Removes all handlers of all events, except those for every event ({@link #onAny}, {@link #onAnyOutgoing}). */
    Socket off();

    /** Removes all handlers of an event. */
    Socket off(String event);

    /** Removes one handler: the same object that was added. */
    Socket off(String event, Handler handler);

    /** Calls the handler for every event that arrives, before the event's own handlers. */
    Socket onAny(AnyHandler handler);

    /** The same, before those that were added before. */
    Socket prependAny(AnyHandler handler);

    /** Removes all that {@link #onAny} and {@link #prependAny} added. */
    Socket offAny();

    /** Removes what {@link #onAny} or {@link #prependAny} added. */
    Socket offAny(AnyHandler handler);

    /** Calls the handler for every event that is sent, when it is sent. */
    Socket onAnyOutgoing(AnyHandler handler);

    /** The same, before those that were added before. */
    Socket prependAnyOutgoing(AnyHandler handler);

    /** Removes all that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added. */
    Socket offAnyOutgoing();

    /** Removes what {@link #onAnyOutgoing} or {@link #prependAnyOutgoing} added. */
    Socket offAnyOutgoing(AnyHandler handler);
}
