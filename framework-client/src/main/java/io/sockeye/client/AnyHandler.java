package io.sockeye.client;

import io.sockeye.event.Args;

/**
 * Called for every event, whatever its name.
 *
 * <pre>{@code
 * client.onAny((event, args) -> log.debug("{}: {}", event, args));
 * }</pre>
 */
@FunctionalInterface
public interface AnyHandler {
    /** An exception is reported to the client's error handler; the other handlers are still called. */
    void handle(String event, Args args) throws Exception;
}
