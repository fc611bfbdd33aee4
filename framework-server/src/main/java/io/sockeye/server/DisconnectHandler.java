package io.sockeye.server;

/** Called when a socket is gone, after all of its events. */
@FunctionalInterface
public interface DisconnectHandler {
    /** An exception is reported to the server's error handler. */
    void handle(Socket socket, DisconnectReason reason) throws Exception;
}
