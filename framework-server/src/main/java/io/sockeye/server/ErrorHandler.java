package io.sockeye.server;

/**
 * Told of exceptions that the user's handlers throw. Called on the thread where it happened, perhaps an event loop; it
 * should be quick.
 *
 * <pre>{@code
 * SocketServer.builder().onError((error, where) -> log.error("{} failed", where, error));
 * }</pre>
 */
@FunctionalInterface
public interface ErrorHandler {
    /** @param where what threw, such as {@code event 'say' of socket 4f…} */
    void handle(Throwable error, String where);
}
