package io.sockeye.server;

import io.sockeye.event.Args;

/**
 * Decides whether an event of a client reaches the handlers. Called in the order of registration, in order with the
 * socket's events.
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
     * Returns to pass the event on. After an exception no handler gets it; the connection stays open.
     *
     * @throws EventRefused to refuse it without a report: a client that asked for an acknowledgement gets the message
     *     and the data as a {@link io.sockeye.event.Rejection}; any other exception is reported to the error handler,
     *     and not answered
     */
    void check(Socket socket, String event, Args args) throws Exception;
}
