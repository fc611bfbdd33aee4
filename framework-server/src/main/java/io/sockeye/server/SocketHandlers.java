package io.sockeye.server;

import java.util.concurrent.Executor;

/**
 * An {@link EventHandlers} with handlers of every event, of upgrades and of disconnections. All methods may be called
 * on any thread.
 *
 * <pre>{@code
 * server.onAny((socket, event, args) -> log.debug("{} sent {}", socket.id(), event));
 * server.onDisconnecting((socket, reason) -> socket.to("lobby").emit("left", socket.id()));
 * }</pre>
 *
 * @param <S> the type itself
 */
public interface SocketHandlers<S extends SocketHandlers<S>> extends EventHandlers<S> {
    /**
     * The same scope; handlers that are added through it run on this executor: in order for each socket, but not in
     * order with handlers that run elsewhere, and without waiting for these. So middleware that a handler adds has
     * effect only for events that arrive later.
     */
    HandlerGroup withExecutor(Executor executor);

    /**
     * The same scope; handlers that are added through it run on the event loop: the lowest latency, but a handler that
     * blocks stops all clients of the loop.
     */
    HandlerGroup withEventLoop();

    /** Calls the handler for every event that arrives, before middleware and the event's own handlers. */
    S onAny(AnyHandler handler);

    /** Calls the handler for every event that arrives, before the handlers that were added before. */
    S prependAny(AnyHandler handler);

    /** Removes all handlers that {@link #onAny} and {@link #prependAny} added here. */
    S offAny();

    /** Removes the handler that {@link #onAny} or {@link #prependAny} added here. */
    S offAny(AnyHandler handler);

    /**
     * Calls the handler for every event that is sent to a client, also by broadcasts: once for each receiver. When
     * {@link SocketServerBuilder#outboxBytes} of one socket's events wait for a slow handler, it is not called for
     * further ones until half of these are handled; the error handler is called once.
     */
    S onAnyOutgoing(AnyHandler handler);

    /** Calls the handler for every event that is sent, before the handlers that were added before. */
    S prependAnyOutgoing(AnyHandler handler);

    /** Removes all handlers that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added here. */
    S offAnyOutgoing();

    /** Removes the handler that {@link #onAnyOutgoing} or {@link #prependAnyOutgoing} added here. */
    S offAnyOutgoing(AnyHandler handler);

    /** Calls the handler when the connection of a socket has moved to another transport. */
    S onUpgrade(UpgradeHandler handler);

    /** Calls the handler when a socket is about to leave its rooms: {@link Socket#rooms} still has them. */
    S onDisconnecting(DisconnectHandler handler);

    /** Calls the handler when a socket is gone, after its events. */
    S onDisconnect(DisconnectHandler handler);
}
