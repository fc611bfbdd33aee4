package io.sockeye.client.internal;

import io.sockeye.client.AnyHandler;
import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.Disconnection;
import io.sockeye.client.EventHandler;
import io.sockeye.client.Handler;
import io.sockeye.client.RequestHandler;
import io.sockeye.client.Socket;
import io.sockeye.client.TypedHandler;
import io.sockeye.client.internal.handlers.Handlers;
import io.sockeye.client.internal.handlers.Listener;
import io.sockeye.client.internal.handlers.UserCallbacks;
import io.sockeye.event.Event;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The half of a socket that adds and removes handlers. Any thread. */
abstract class SocketHandlers implements Socket {
    private final UserCallbacks callbacks;
    private final Handlers handlers;

    SocketHandlers(UserCallbacks callbacks) {
        this.callbacks = callbacks;
        this.handlers = callbacks.handlers();
    }

    @Override
    public final Socket onConnect(Runnable handler) {
        handlers.connect().add(Objects.requireNonNull(handler));
        return this;
    }

    @Override
    public final Socket offConnect(Runnable handler) {
        handlers.connect().remove(handler);
        return this;
    }

    @Override
    public final Socket onConnectError(Consumer<ConnectFailedException> handler) {
        handlers.connectError().add(Objects.requireNonNull(handler));
        return this;
    }

    @Override
    public final Socket offConnectError(Consumer<ConnectFailedException> handler) {
        handlers.connectError().remove(handler);
        return this;
    }

    @Override
    public final Socket onDisconnect(Consumer<Disconnection> handler) {
        handlers.disconnect().add(Objects.requireNonNull(handler));
        return this;
    }

    @Override
    public final Socket offDisconnect(Consumer<Disconnection> handler) {
        handlers.disconnect().remove(handler);
        return this;
    }

    @Override
    public final Socket on(String event, EventHandler handler) {
        return add(event, handler, handler, false, false);
    }

    @Override
    public final <T> Socket on(String event, Class<T> type, TypedHandler<T> handler) {
        return add(event, handler, callbacks.typed(type, handler), false, false);
    }

    @Override
    public final <T> Socket on(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return add(event, handler, callbacks.typed(type.getType(), handler), false, false);
    }

    @Override
    public final <T> Socket on(Event<T> event, TypedHandler<T> handler) {
        return add(event.name(), handler, callbacks.typed(event.type(), handler), false, false);
    }

    @Override
    public final <T, R extends @Nullable Object> Socket onRequest(
            String event, Class<T> type, RequestHandler<T, R> handler) {
        return add(event, handler, callbacks.request(event, type, handler), false, false);
    }

    @Override
    public final <T, R extends @Nullable Object> Socket onRequest(
            String event, TypeReference<T> type, RequestHandler<T, R> handler) {
        return add(event, handler, callbacks.request(event, type.getType(), handler), false, false);
    }

    @Override
    public final <T, R extends @Nullable Object> Socket onRequest(Event<T> event, RequestHandler<T, R> handler) {
        return add(event.name(), handler, callbacks.request(event.name(), event.type(), handler), false, false);
    }

    @Override
    public final Socket once(String event, EventHandler handler) {
        return add(event, handler, handler, false, true);
    }

    @Override
    public final <T> Socket once(String event, Class<T> type, TypedHandler<T> handler) {
        return add(event, handler, callbacks.typed(type, handler), false, true);
    }

    @Override
    public final <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return add(event, handler, callbacks.typed(type.getType(), handler), false, true);
    }

    @Override
    public final <T> Socket once(Event<T> event, TypedHandler<T> handler) {
        return add(event.name(), handler, callbacks.typed(event.type(), handler), false, true);
    }

    @Override
    public final Socket prepend(String event, EventHandler handler) {
        return add(event, handler, handler, true, false);
    }

    private Socket add(String event, Handler original, EventHandler handler, boolean first, boolean once) {
        handlers.add(event, new Listener(Objects.requireNonNull(original), handler, once), first);
        return this;
    }

    @Override
    public final Socket off() {
        handlers.clear();
        return this;
    }

    @Override
    public final Socket off(String event) {
        handlers.removeAll(event);
        return this;
    }

    @Override
    public final Socket off(String event, Handler handler) {
        handlers.remove(event, handler);
        return this;
    }

    @Override
    public final Socket onAny(AnyHandler handler) {
        handlers.any().add(Objects.requireNonNull(handler));
        return this;
    }

    @Override
    public final Socket prependAny(AnyHandler handler) {
        handlers.any().add(0, Objects.requireNonNull(handler));
        return this;
    }

    @Override
    public final Socket offAny() {
        handlers.any().clear();
        return this;
    }

    @Override
    public final Socket offAny(AnyHandler handler) {
        handlers.any().remove(handler);
        return this;
    }

    @Override
    public final Socket onAnyOutgoing(AnyHandler handler) {
        handlers.anyOutgoing().add(Objects.requireNonNull(handler));
        return this;
    }

    @Override
    public final Socket prependAnyOutgoing(AnyHandler handler) {
        handlers.anyOutgoing().add(0, Objects.requireNonNull(handler));
        return this;
    }

    @Override
    public final Socket offAnyOutgoing() {
        handlers.anyOutgoing().clear();
        return this;
    }

    @Override
    public final Socket offAnyOutgoing(AnyHandler handler) {
        handlers.anyOutgoing().remove(handler);
        return this;
    }
}
