package io.sockeye.server;

import io.sockeye.event.Args;

/** Handles an event of any arguments. Called in the order of the socket's events, off the event loop by default. */
@FunctionalInterface
public non-sealed interface EventHandler extends Handler {
    /** An exception is reported to the server's error handler; the connection lives on. */
    void handle(Socket socket, Args args) throws Exception;
}
