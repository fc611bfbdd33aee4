package io.sockeye.server.internal.handlers;

import io.sockeye.event.Event;
import io.sockeye.server.EventHandler;
import io.sockeye.server.EventHandlers;
import io.sockeye.server.Handler;
import io.sockeye.server.RequestHandler;
import io.sockeye.server.TypedHandler;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Where handlers of events are added.
 *
 * @param <S> what users hold
 */
abstract class EventRegistry<S extends EventHandlers<S>> implements EventHandlers<S> {
    public abstract S self();

    public abstract Handlers handlers();

    public abstract Handling handling();

    /** Where handlers that are added here run; null for where the namespace's run. */
    public abstract @Nullable Executor executor();

    @Override
    public S on(String event, EventHandler handler) {
        return add(event, Objects.requireNonNull(handler), handler, false);
    }

    @Override
    public <T> S on(String event, Class<T> type, TypedHandler<T> handler) {
        return add(event, handler, typed(type, handler), false);
    }

    @Override
    public <T> S on(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return add(event, handler, typed(type.getType(), handler), false);
    }

    @Override
    public <T> S on(Event<T> event, TypedHandler<T> handler) {
        return add(event.name(), handler, typed(event.type(), handler), false);
    }

    @Override
    public <T, R extends @Nullable Object> S onRequest(String event, Class<T> type, RequestHandler<T, R> handler) {
        return add(event, handler, request(event, type, handler), false);
    }

    @Override
    public <T, R extends @Nullable Object> S onRequest(
            String event, TypeReference<T> type, RequestHandler<T, R> handler) {
        return add(event, handler, request(event, type.getType(), handler), false);
    }

    @Override
    public <T, R extends @Nullable Object> S onRequest(Event<T> event, RequestHandler<T, R> handler) {
        return add(event.name(), handler, request(event.name(), event.type(), handler), false);
    }

    @Override
    public S prepend(String event, EventHandler handler) {
        return add(event, Objects.requireNonNull(handler), handler, true);
    }

    @Override
    public <T> S prepend(String event, Class<T> type, TypedHandler<T> handler) {
        return add(event, handler, typed(type, handler), true);
    }

    @Override
    public <T> S prepend(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return add(event, handler, typed(type.getType(), handler), true);
    }

    @Override
    public <T> S prepend(Event<T> event, TypedHandler<T> handler) {
        return add(event.name(), handler, typed(event.type(), handler), true);
    }

    @Override
    public S off() {
        handlers().clear();
        return self();
    }

    @Override
    public S off(String event) {
        handlers().removeAll(event);
        return self();
    }

    @Override
    public S off(String event, Handler handler) {
        handlers().remove(event, handler);
        return self();
    }

    private S add(String event, Handler original, EventHandler handler, boolean first) {
        handlers().add(event, new Listener(original, handler, executor(), false), first);
        return self();
    }

    public <T> EventHandler typed(Type type, TypedHandler<T> handler) {
        return handling().typed(type, Objects.requireNonNull(handler));
    }

    private <T, R extends @Nullable Object> EventHandler request(
            String event, Type type, RequestHandler<T, R> handler) {
        return handling().request(event, type, Objects.requireNonNull(handler));
    }
}
