package io.sockeye.server;

import io.sockeye.event.Args;

/**
 * Decides whether an event of a client reaches the handlers. Called in the order of registration, in the socket's turn.
 *
 * <pre>{@code
 * server.useForEvents((socket, event, args) -> {
 *     if (event.startsWith("admin:") && !socket.rooms().contains("admins")) {
 *         throw new EventRefused("not an admin");
 *     }
 * });
 * }</pre>
 */
@FunctionalInterface
public interface EventMiddleware {
    /**
     * Returns to let the event go on. An exception keeps it from all handlers; the connection lives on.
     *
     * @throws EventRefused to refuse it quietly: whoever asked for an acknowledgement gets the message and the data as a
     *     {@link io.sockeye.event.Rejection}; any other exception is reported to the error handler, and not answered
     */
    void check(Socket socket, String event, Args args) throws Exception;
}
