package io.sockeye.client;

/**
 * Called for exceptions that the user's handlers throw, on the thread where they were thrown.
 *
 * <pre>{@code
 * SocketClient.builder(url).onError((error, where) -> log.error("{} failed", where, error));
 * }</pre>
 */
@FunctionalInterface
public interface ErrorHandler {
    /** @param where what threw, such as {@code handler of event 'said'} */
    void handle(Throwable error, String where);
}
