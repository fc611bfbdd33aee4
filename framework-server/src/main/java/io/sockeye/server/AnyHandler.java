package io.sockeye.server;

import io.sockeye.event.Args;

/**
 * Called for every event, whatever its name.
 *
 * <pre>{@code
 * server.onAny((socket, event, args) -> log.debug("{} sent {}", socket.id(), event));
 * }</pre>
 */
@FunctionalInterface
public interface AnyHandler {
    /** An exception is reported to the server's error handler; the event is still passed to the other handlers. */
    void handle(Socket socket, String event, Args args) throws Exception;
}
