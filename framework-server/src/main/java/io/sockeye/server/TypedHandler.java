package io.sockeye.server;

import io.sockeye.event.UnexpectedArgumentsException;

/**
 * Handles an event by its first argument. Called in the order of the socket's events, off the event loop by default;
 * not called when the argument is missing, null or of another type, which is reported as an {@link
 * UnexpectedArgumentsException}. Where it may be missing or null, declare an {@link java.util.Optional}:
 * {@code on("say", new TypeReference<Optional<Line>>() {}, …)}.
 *
 * <pre>{@code
 * server.on("say", Line.class, (socket, line) -> socket.broadcast().emit("said", line));
 * }</pre>
 *
 * @param <T> what the argument is read as
 */
@FunctionalInterface
public non-sealed interface TypedHandler<T> extends Handler {
    /** An exception is reported to the server's error handler; the connection stays open. */
    void handle(Socket socket, T value) throws Exception;
}
