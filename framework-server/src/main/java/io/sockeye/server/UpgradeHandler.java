package io.sockeye.server;

import io.sockeye.protocol.TransportKind;

/**
 * Called when the connection of a socket has moved to another transport, in order with the socket's events.
 *
 * <pre>{@code
 * server.onUpgrade((socket, transport) -> log.info("{} is on {} now", socket.id(), transport.wireName()));
 * }</pre>
 */
@FunctionalInterface
public interface UpgradeHandler {
    /** An exception is reported to the server's error handler. */
    void handle(Socket socket, TransportKind transport) throws Exception;
}
