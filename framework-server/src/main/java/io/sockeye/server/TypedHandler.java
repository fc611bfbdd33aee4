package io.sockeye.server;

/** Handles an event by its first argument. */
@FunctionalInterface
public non-sealed interface TypedHandler<T> extends Handler {
    /** An exception is reported to the server's error handler; the connection lives on. */
    void handle(Socket socket, T value) throws Exception;
}
