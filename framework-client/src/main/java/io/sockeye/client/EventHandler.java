package io.sockeye.client;

import io.sockeye.event.Args;

/**
 * Handles an event with any arguments. Called in the order of the socket's events, never on a thread that does I/O.
 *
 * <pre>{@code
 * client.on("move", args -> board.move(args.get(0, int.class), args.get(1, int.class)));
 * }</pre>
 */
@FunctionalInterface
public non-sealed interface EventHandler extends Handler {
    /**
     * A {@link io.sockeye.event.Rejection} becomes the acknowledgement, if the server asked for one and none was sent yet.
     * Any other exception is reported to the client's error handler. Neither affects the connection.
     */
    void handle(Args args) throws Exception;
}
