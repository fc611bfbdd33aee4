package io.sockeye.server;

/** Told of exceptions that the user's handlers throw. */
@FunctionalInterface
public interface ErrorHandler {
    /** @param where what threw, such as {@code event 'say' of socket 4f…} */
    void handle(Throwable error, String where);
}
