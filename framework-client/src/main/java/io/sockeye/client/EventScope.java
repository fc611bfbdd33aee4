package io.sockeye.client;

import io.sockeye.event.Event;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What handlers are added to: a {@link Socket}. All methods may be called on any thread; a change counts from the next event
 * on. Handlers are called in the order of the events, off the threads that do I/O, and may wait for whatever they like.
 *
 * <pre>{@code
 * client.on("said", Line.class, line -> System.out.println(line.text()));
 * client.onRequest("ready?", String.class, game -> ready(game));
 * client.onDisconnect(end -> log.info("disconnected: {}", end));
 * }</pre>
 */
public abstract sealed class EventScope permits Socket {
    private final Handlers handlers = new Handlers();

    EventScope() {}

    abstract Socket self();

    abstract SocketCalls calls();

    final Handlers handlers() {
        return handlers;
    }

    /** Called whenever the socket is connected, also again after a break. */
    public Socket onConnect(Runnable handler) {
        handlers.connect.add(Objects.requireNonNull(handler));
        return self();
    }

    /** Called when the socket could not be connected. */
    public Socket onConnectError(Consumer<ConnectFailedException> handler) {
        handlers.connectError.add(Objects.requireNonNull(handler));
        return self();
    }

    /** Called when the socket is not connected any more. */
    public Socket onDisconnect(Consumer<Disconnection> handler) {
        handlers.disconnect.add(Objects.requireNonNull(handler));
        return self();
    }

    /** Takes back what {@link #onConnect} added, the very object. */
    public Socket offConnect(Runnable handler) {
        handlers.connect.remove(handler);
        return self();
    }

    /** Takes back what {@link #onConnectError} added, the very object. */
    public Socket offConnectError(Consumer<ConnectFailedException> handler) {
        handlers.connectError.remove(handler);
        return self();
    }

    /** Takes back what {@link #onDisconnect} added, the very object. */
    public Socket offDisconnect(Consumer<Disconnection> handler) {
        handlers.disconnect.remove(handler);
        return self();
    }

    /**
     * Handles an event of any arguments, after the handlers that were added before.
     *
     * @throws IllegalArgumentException if the name is reserved
     */
    public Socket on(String event, EventHandler handler) {
        return add(event, handler, handler, false, false);
    }

    /**
     * Handles an event by its first argument; see {@link TypedHandler} for arguments that do not fit.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    public <T> Socket on(String event, Class<T> type, TypedHandler<T> handler) {
        return add(event, handler, calls().typed(type, handler), false, false);
    }

    /**
     * The same for a generic type, such as {@code new TypeReference<List<Line>>() {}}.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    public <T> Socket on(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return add(event, handler, calls().typed(type.getType(), handler), false, false);
    }

    /** Handles an event by its argument. */
    public <T> Socket on(Event<T> event, TypedHandler<T> handler) {
        return add(event.name(), handler, calls().typed(event.type(), handler), false, false);
    }

    /**
     * Handles an event by its first argument; what the handler returns is the acknowledgement, see {@link RequestHandler} for
     * what becomes of failures.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    public <T, R extends @Nullable Object> Socket onRequest(String event, Class<T> type, RequestHandler<T, R> handler) {
        return add(event, handler, calls().request(event, type, handler), false, false);
    }

    /**
     * The same for a generic type, such as {@code new TypeReference<List<Line>>() {}}.
     *
     * @throws IllegalArgumentException if the name is reserved, or no JSON can be read as the type
     */
    public <T, R extends @Nullable Object> Socket onRequest(
            String event, TypeReference<T> type, RequestHandler<T, R> handler) {
        return add(event, handler, calls().request(event, type.getType(), handler), false, false);
    }

    /** Handles an event by its argument; what the handler returns is the acknowledgement. */
    public <T, R extends @Nullable Object> Socket onRequest(Event<T> event, RequestHandler<T, R> handler) {
        return add(event.name(), handler, calls().request(event.name(), event.type(), handler), false, false);
    }

    /** Handles the next such event alone. */
    public Socket once(String event, EventHandler handler) {
        return add(event, handler, handler, false, true);
    }

    /** Handles the next such event alone, by its first argument. */
    public <T> Socket once(String event, Class<T> type, TypedHandler<T> handler) {
        return add(event, handler, calls().typed(type, handler), false, true);
    }

    /** The same for a generic type. */
    public <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return add(event, handler, calls().typed(type.getType(), handler), false, true);
    }

    /** Handles the next such event alone, by its argument. */
    public <T> Socket once(Event<T> event, TypedHandler<T> handler) {
        return add(event.name(), handler, calls().typed(event.type(), handler), false, true);
    }

    /** Handles an event before the handlers that were added before. */
    public Socket prepend(String event, EventHandler handler) {
        return add(event, handler, handler, true, false);
    }

    private Socket add(String event, Handler original, EventHandler handler, boolean first, boolean once) {
        handlers.add(event, new Listener(Objects.requireNonNull(original), handler, once), first);
        return self();
    }

    /** Takes back all handlers of all events, but for those that hear of every event. */
    public Socket off() {
        handlers.clear();
        return self();
    }

    /** Takes back all handlers of an event. */
    public Socket off(String event) {
        handlers.removeAll(event);
        return self();
    }

    /** Takes back one handler, the very object that was added. */
    public Socket off(String event, Handler handler) {
        handlers.remove(event, handler);
        return self();
    }

    /** Tells the handler of every event that arrives, before the event's own handlers. */
    public Socket onAny(AnyHandler handler) {
        handlers.any.add(Objects.requireNonNull(handler));
        return self();
    }

    /** The same, before the ones that were added before. */
    public Socket prependAny(AnyHandler handler) {
        handlers.any.add(0, Objects.requireNonNull(handler));
        return self();
    }

    /** Takes back all that {@link #onAny} and {@link #prependAny} added. */
    public Socket offAny() {
        handlers.any.clear();
        return self();
    }

    /** Takes back what {@link #onAny} or {@link #prependAny} added. */
    public Socket offAny(AnyHandler handler) {
        handlers.any.remove(handler);
        return self();
    }

    /** Tells the handler of every event that is sent, when it is sent. */
    public Socket onAnyOutgoing(AnyHandler handler) {
        handlers.anyOutgoing.add(Objects.requireNonNull(handler));
        return self();
    }

    /** The same, before the ones that were added before. */
    public Socket prependAnyOutgoing(AnyHandler handler) {
        handlers.anyOutgoing.add(0, Objects.requireNonNull(handler));
        return self();
    }

    /** Takes back all that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added. */
    public Socket offAnyOutgoing() {
        handlers.anyOutgoing.clear();
        return self();
    }

    /** Takes back what {@link #onAnyOutgoing} added. */
    public Socket offAnyOutgoing(AnyHandler handler) {
        handlers.anyOutgoing.remove(handler);
        return self();
    }
}
