package io.sockeye.client;

import io.sockeye.protocol.TransportKind;

/**
 * Called for changes of the connection that all sockets of a client share: in order, on the handlers' threads.
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
    /** The connection is open; the sockets join their namespaces next. */
    default void opened(TransportKind transport) {}

    /** The connection was upgraded to this transport. */
    default void upgraded(TransportKind transport) {}

    /**
     * The connection could not be upgraded to this transport, and keeps the one that it has. The upgrade is not tried again
     * before the next connection. The failure says why, for instance that a proxy does not let WebSocket through.
     */
    default void upgradeFailed(TransportKind transport, ConnectFailedException failure) {}

    /** The connection has ended, closed by either side or lost. */
    default void closed(Disconnection end) {}

    /** An attempt to connect again begins; the first one after a connection was lost, or could not be opened, is 1. */
    default void reconnectAttempt(int attempt) {}

    /** That attempt succeeded. */
    default void reconnected(int attempt) {}

    /** That attempt failed; another one follows unless it was the last. */
    default void reconnectError(int attempt, ConnectFailedException failure) {}

    /** That was the last attempt that {@link Reconnection#attempts} allows. */
    default void reconnectFailed() {}
}
