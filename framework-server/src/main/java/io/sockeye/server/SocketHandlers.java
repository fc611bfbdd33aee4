package io.sockeye.server;

import java.util.concurrent.Executor;

/**
 * An {@link EventHandlers} that also tells of every event and of the end of its sockets. All methods may be called on any
 * thread.
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
     * The same scope, whose handlers that are added through it run on this executor: still in order for each socket, but
     * not in order with handlers that run elsewhere. Nor do they wait for these: middleware that a handler adds keeps from
     * them only what arrives after that.
     */
    HandlerGroup withExecutor(Executor executor);

    /**
     * The same scope, whose handlers that are added through it run on the event loop: the shortest way, on which a
     * handler that blocks stops many clients.
     */
    HandlerGroup withEventLoop();

    /** Tells the handler of every event that arrives, before middleware and the event's own handlers. */
    S onAny(AnyHandler handler);

    /** Tells the handler of every event that arrives, before the ones that were added before. */
    S prependAny(AnyHandler handler);

    /** Takes back all that {@link #onAny} and {@link #prependAny} added here. */
    S offAny();

    /** Takes back what {@link #onAny} or {@link #prependAny} added here. */
    S offAny(AnyHandler handler);

    /**
     * Tells the handler of every event that is sent to a client, also by broadcasts: once for each receiver. A handler
     * that is so slow that {@link SocketServerBuilder#outboxBytes} of one socket's events wait for it is not told of more
     * until it is done with half of them; the error handler is told once.
     */
    S onAnyOutgoing(AnyHandler handler);

    /** Tells the handler of every event that is sent, before the ones that were added before. */
    S prependAnyOutgoing(AnyHandler handler);

    /** Takes back all that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added here. */
    S offAnyOutgoing();

    /** Takes back what {@link #onAnyOutgoing} or {@link #prependAnyOutgoing} added here. */
    S offAnyOutgoing(AnyHandler handler);

    /** Calls the handler when the connection of a socket goes on over another transport. */
    S onUpgrade(UpgradeHandler handler);

    /** Calls the handler when a socket is about to leave its rooms: {@link Socket#rooms} still tells them. */
    S onDisconnecting(DisconnectHandler handler);

    /** Calls the handler when a socket is gone, after its events. */
    S onDisconnect(DisconnectHandler handler);
}
