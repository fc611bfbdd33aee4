package io.sockeye.server;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EventScope} that also tells of every event and of the end of its sockets. All methods may be called on any
 * thread.
 *
 * <pre>{@code
 * server.onAny((socket, event, args) -> log.debug("{} sent {}", socket.id(), event));
 * server.onDisconnecting((socket, reason) -> socket.to("lobby").emit("left", socket.id()));
 * }</pre>
 *
 * @param <S> the type itself
 */
public abstract sealed class HandlerScope<S extends HandlerScope<S>> extends EventScope<S>
        permits NamespaceScope, Socket {
    HandlerScope() {}

    @Override
    @Nullable
    Executor executor() {
        return null;
    }

    /**
     * The same scope, whose handlers that are added through it run on this executor: still in order for each socket, but
     * not in order with handlers that run elsewhere. Nor do they wait for these: middleware that a handler adds keeps from
     * them only what arrives after that.
     */
    public HandlerGroup withExecutor(Executor executor) {
        return new HandlerGroup(handlers(), Objects.requireNonNull(executor), json());
    }

    /**
     * The same scope, whose handlers that are added through it run on the event loop: the shortest way, on which a
     * handler that blocks stops many clients.
     */
    public HandlerGroup withEventLoop() {
        return new HandlerGroup(handlers(), HandlerExecutor.EVENT_LOOP, json());
    }

    /** Tells the handler of every event that arrives, before middleware and the event's own handlers. */
    public S onAny(AnyHandler handler) {
        handlers().any().add(Objects.requireNonNull(handler));
        return self();
    }

    /** Tells the handler of every event that arrives, before the ones that were added before. */
    public S prependAny(AnyHandler handler) {
        handlers().any().add(0, Objects.requireNonNull(handler));
        return self();
    }

    /** Takes back all that {@link #onAny} and {@link #prependAny} added here. */
    public S offAny() {
        handlers().any().clear();
        return self();
    }

    /** Takes back what {@link #onAny} or {@link #prependAny} added here. */
    public S offAny(AnyHandler handler) {
        handlers().any().remove(handler);
        return self();
    }

    /**
     * Tells the handler of every event that is sent to a client, also by broadcasts: once for each receiver. A handler
     * that is so slow that {@link SocketServerBuilder#outboxBytes} of one socket's events wait for it is not told of more
     * until it is done with half of them; the error handler is told once.
     */
    public S onAnyOutgoing(AnyHandler handler) {
        handlers().anyOutgoing().add(Objects.requireNonNull(handler));
        return self();
    }

    /** Tells the handler of every event that is sent, before the ones that were added before. */
    public S prependAnyOutgoing(AnyHandler handler) {
        handlers().anyOutgoing().add(0, Objects.requireNonNull(handler));
        return self();
    }

    /** Takes back all that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added here. */
    public S offAnyOutgoing() {
        handlers().anyOutgoing().clear();
        return self();
    }

    /** Takes back what {@link #onAnyOutgoing} or {@link #prependAnyOutgoing} added here. */
    public S offAnyOutgoing(AnyHandler handler) {
        handlers().anyOutgoing().remove(handler);
        return self();
    }

    /** Calls the handler when the connection of a socket goes on over another transport. */
    public S onUpgrade(UpgradeHandler handler) {
        handlers().upgrade().add(Objects.requireNonNull(handler));
        return self();
    }

    /** Calls the handler when a socket is about to leave its rooms: {@link Socket#rooms} still tells them. */
    public S onDisconnecting(DisconnectHandler handler) {
        handlers().disconnecting().add(Objects.requireNonNull(handler));
        return self();
    }

    /** Calls the handler when a socket is gone, after its events. */
    public S onDisconnect(DisconnectHandler handler) {
        handlers().disconnect().add(Objects.requireNonNull(handler));
        return self();
    }
}
