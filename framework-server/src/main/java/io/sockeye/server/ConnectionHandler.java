package io.sockeye.server;

/**
 * Called for each new socket, before any of its events, off the event loop by default. A recovered socket is new, too;
 * see {@link Socket#recovered()}.
 *
 * <pre>{@code
 * server.onConnection(socket -> socket.join("lobby"));
 * }</pre>
 */
@FunctionalInterface
public interface ConnectionHandler {
    /** An exception is reported to the server's error handler; the connection stays open. */
    void handle(Socket socket) throws Exception;
}
