package io.sockeye.server;

import io.sockeye.event.Args;

/**
 * Decides whether an event of a client reaches the handlers. Called in the order of registration, in the socket's turn.
 *
 * <pre>{@code
 * server.useForEvents((socket, event, args) -> {
 *     if (event.startsWith("admin:") && !socket.rooms().contains("admins")) {
 *         throw new IllegalArgumentException("not an admin: " + socket.id());
 *     }
 * });
 * }</pre>
 */
@FunctionalInterface
public interface EventMiddleware {
    /**
     * Returns to let the event go on. An exception keeps it from all handlers and is reported to the error handler; the
     * connection lives on.
     */
    void check(Socket socket, String event, Args args) throws Exception;
}
