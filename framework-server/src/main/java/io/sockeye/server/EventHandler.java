package io.sockeye.server;

import io.sockeye.event.Args;

/**
 * Handles an event of any arguments. Called in the order of the socket's events, off the event loop by default.
 *
 * <pre>{@code
 * server.on("move", (socket, args) -> args.ack(args.get(0, int.class) + args.get(1, int.class)));
 * }</pre>
 */
@FunctionalInterface
public non-sealed interface EventHandler extends Handler {
    /** An exception is reported to the server's error handler; the connection stays open. */
    void handle(Socket socket, Args args) throws Exception;
}
