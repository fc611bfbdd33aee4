package io.sockeye.client;

import io.sockeye.engine.TransportKind;

/**
 * Told about the connection that all sockets of a client share. Called in order, on a thread of the handlers.
 *
 * <pre>{@code
 * client.onConnection(new ConnectionListener() {
 *     public void reconnectAttempt(int attempt) { log.info("trying again, for the {}. time", attempt); }
 *
 *     public void upgraded(TransportKind transport) { log.info("now over {}", transport.wireName()); }
 * });
 * }</pre>
 */
public interface ConnectionListener {
    /** The connection stands; the namespaces are joined next. */
    default void opened(TransportKind transport) {}

    /** The connection goes on over another transport. */
    default void upgraded(TransportKind transport) {}

    /**
     * The connection does not go on over that transport, and stays with the one that it has. It is not tried again before the
     * next connection. The failure tells why, such as a proxy on the way that does not let WebSocket through.
     */
    default void upgradeFailed(TransportKind transport, ConnectFailedException failure) {}

    /** The connection has ended, by whichever side. */
    default void closed(Disconnection end) {}

    /** The connection is tried again now, for the first time after it was lost or for another one; the first is 1. */
    default void reconnectAttempt(int attempt) {}

    /** That attempt succeeded. */
    default void reconnected(int attempt) {}

    /** That attempt failed; another one follows unless it was the last. */
    default void reconnectError(int attempt, ConnectFailedException failure) {}

    /** That was the last attempt that {@link Reconnection#attempts} allows. */
    default void reconnectFailed() {}
}
