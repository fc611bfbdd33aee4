package io.sockeye.server;

/**
 * Called with exceptions that the user's handlers throw, on the thread on which they were thrown, perhaps an event
 * loop; must return soon.
 *
 * <pre>{@code
 * SocketServer.builder().onError((error, where) -> log.error("{} failed", where, error));
 * }</pre>
 */
@FunctionalInterface
public interface ErrorHandler {
    /** @param where the code that threw, such as {@code event 'say' of socket 4f…} */
    void handle(Throwable error, String where);
}
