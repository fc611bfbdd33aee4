package io.sockeye.server;

/**
 * Called when a socket is gone, after all of its events, off the event loop by default.
 *
 * <pre>{@code
 * server.onDisconnect((socket, reason) -> log.info("{}: {}", socket.id(), reason.text()));
 * }</pre>
 */
@FunctionalInterface
public interface DisconnectHandler {
    /** An exception is reported to the server's error handler. */
    void handle(Socket socket, DisconnectReason reason) throws Exception;
}
