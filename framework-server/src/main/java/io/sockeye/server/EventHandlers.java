package io.sockeye.server;

import io.sockeye.event.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Adds and removes handlers of events: of the server for its namespace {@code /}, of a namespace, of the namespaces of
 * a pattern, of a socket. Handlers of a namespace are called for all its sockets and take no memory for each; a
 * socket's own are called after them. All methods may be called on any thread; a change has effect from the next event
 * on.
 *
 * <pre>{@code
 * server.on("say", String.class, (socket, text) -> socket.broadcast().emit("said", text));
 * server.onRequest("sum", Numbers.class, (socket, n) -> n.a() + n.b());
 * }</pre>
 *
 * @param <S> the type itself
 */
public interface EventHandlers<S extends EventHandlers<S>> {
    /**
     * Handles an event of any arguments, after the handlers that were added before.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    S on(String event, EventHandler handler);

    /**
     * Handles an event by its first argument; see {@link TypedHandler} for arguments that do not fit.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    <T> S on(String event, Class<T> type, TypedHandler<T> handler);

    /**
     * Handles an event by its first argument of a generic type, such as {@code on("move", new TypeReference<List<Step>>()
     * {}, …)}.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    <T> S on(String event, TypeReference<T> type, TypedHandler<T> handler);

    /** Handles an event by its argument. */
    <T> S on(Event<T> event, TypedHandler<T> handler);

    /**
     * Handles an event by its first argument; what the handler returns is the acknowledgement.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    <T, R extends @Nullable Object> S onRequest(String event, Class<T> type, RequestHandler<T, R> handler);

    /** Handles an event by its first argument of a generic type; what the handler returns is the acknowledgement. */
    <T, R extends @Nullable Object> S onRequest(String event, TypeReference<T> type, RequestHandler<T, R> handler);

    /** Handles an event by its argument; what the handler returns is the acknowledgement. */
    <T, R extends @Nullable Object> S onRequest(Event<T> event, RequestHandler<T, R> handler);

    /** Handles an event before the handlers that were added before. */
    S prepend(String event, EventHandler handler);

    /** Handles an event by its first argument, before the handlers that were added before. */
    <T> S prepend(String event, Class<T> type, TypedHandler<T> handler);

    /** Handles an event by its first argument of a generic type, before the handlers that were added before. */
    <T> S prepend(String event, TypeReference<T> type, TypedHandler<T> handler);

    /** Handles an event by its argument, before the handlers that were added before. */
    <T> S prepend(Event<T> event, TypedHandler<T> handler);

    /** Removes all handlers of single events that were added here; those of {@code onAny} stay. */
    S off();

    /** Removes all handlers of an event that were added here. */
    S off(String event);

    /** Removes one handler: the same object that was added. */
    S off(String event, Handler handler);
}
