package io.sockeye.server;

import io.sockeye.event.Argument;
import io.sockeye.event.Event;
import io.sockeye.json.Json;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What handlers of events are added to: the server for its namespace {@code /}, a namespace, the namespaces of a
 * pattern, a socket. Handlers of a namespace are called for all its sockets and cost nothing for each; a socket's own
 * come after them. All methods may be called on any thread; a change counts from the next event on.
 *
 * <pre>{@code
 * server.on("say", String.class, (socket, text) -> socket.broadcast().emit("said", text));
 * server.onRequest("sum", Numbers.class, (socket, n) -> n.a() + n.b());
 * }</pre>
 *
 * @param <S> the type itself
 */
public abstract sealed class EventScope<S extends EventScope<S>> permits HandlerScope, HandlerGroup {
    EventScope() {}

    abstract S self();

    abstract Handlers handlers();

    abstract Json json();

    /** Where handlers that are added here run; null for where the namespace's run. */
    abstract @Nullable Executor executor();

    /**
     * Handles an event of any arguments, after the handlers that were added before.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public S on(String event, EventHandler handler) {
        return add(event, Objects.requireNonNull(handler), handler, false);
    }

    /**
     * Handles an event by its first argument; see {@link TypedHandler} for arguments that do not fit.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    public <T> S on(String event, Class<T> type, TypedHandler<T> handler) {
        return add(event, handler, typed(type, handler), false);
    }

    /**
     * Handles an event by its first argument of a generic type, such as {@code on("move", new TypeReference<List<Step>>()
     * {}, …)}.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    public <T> S on(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return add(event, handler, typed(type.getType(), handler), false);
    }

    /** Handles an event by its argument. */
    public <T> S on(Event<T> event, TypedHandler<T> handler) {
        return add(event.name(), handler, typed(event.type(), handler), false);
    }

    /**
     * Handles an event by its first argument; what the handler returns is the acknowledgement.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    public <T, R extends @Nullable Object> S onRequest(String event, Class<T> type, RequestHandler<T, R> handler) {
        return add(event, handler, request(event, type, handler), false);
    }

    /** Handles an event by its first argument of a generic type; what the handler returns is the acknowledgement. */
    public <T, R extends @Nullable Object> S onRequest(
            String event, TypeReference<T> type, RequestHandler<T, R> handler) {
        return add(event, handler, request(event, type.getType(), handler), false);
    }

    /** Handles an event by its argument; what the handler returns is the acknowledgement. */
    public <T, R extends @Nullable Object> S onRequest(Event<T> event, RequestHandler<T, R> handler) {
        return add(event.name(), handler, request(event.name(), event.type(), handler), false);
    }

    /** Handles an event before the handlers that were added before. */
    public S prepend(String event, EventHandler handler) {
        return add(event, Objects.requireNonNull(handler), handler, true);
    }

    /** Handles an event by its first argument, before the handlers that were added before. */
    public <T> S prepend(String event, Class<T> type, TypedHandler<T> handler) {
        return add(event, handler, typed(type, handler), true);
    }

    /** Handles an event by its first argument of a generic type, before the handlers that were added before. */
    public <T> S prepend(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return add(event, handler, typed(type.getType(), handler), true);
    }

    /** Handles an event by its argument, before the handlers that were added before. */
    public <T> S prepend(Event<T> event, TypedHandler<T> handler) {
        return add(event.name(), handler, typed(event.type(), handler), true);
    }

    /** Takes back all handlers of all events that were added here, but for those that hear of every event. */
    public S off() {
        handlers().clear();
        return self();
    }

    /** Takes back all handlers of an event that were added here. */
    public S off(String event) {
        handlers().removeAll(event);
        return self();
    }

    /** Takes back one handler, the very object that was added. */
    public S off(String event, Handler handler) {
        handlers().remove(event, handler);
        return self();
    }

    private S add(String event, Handler original, EventHandler handler, boolean first) {
        handlers().add(event, new Listener(original, handler, executor(), false), first);
        return self();
    }

    <T> EventHandler typed(Type type, TypedHandler<T> handler) {
        return Handling.typed(Argument.of(type, json()), Objects.requireNonNull(handler));
    }

    private <T, R extends @Nullable Object> EventHandler request(
            String event, Type type, RequestHandler<T, R> handler) {
        return Handling.request(event, Argument.of(type, json()), Objects.requireNonNull(handler));
    }
}
