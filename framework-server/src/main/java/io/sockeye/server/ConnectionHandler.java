package io.sockeye.server;

/** Called for each new socket, before any of its events. */
@FunctionalInterface
public interface ConnectionHandler {
    /** An exception is reported to the server's error handler; the connection lives on. */
    void handle(Socket socket) throws Exception;
}
