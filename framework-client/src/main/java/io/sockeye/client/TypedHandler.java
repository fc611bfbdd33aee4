package io.sockeye.client;

import io.sockeye.event.UnexpectedArgumentsException;

/**
 * Handles an event by its first argument. Called as an {@link EventHandler} is, unless the argument is missing, null or of
 * another type: that is reported to the client's error handler as an {@link UnexpectedArgumentsException}. If it may be
 * missing or null, declare an {@link java.util.Optional}: {@code on("said", new TypeReference<Optional<Line>>() {}, …)}.
 *
 * <pre>{@code
 * client.on("said", Line.class, line -> System.out.println(line.text()));
 * }</pre>
 *
 * @param <T> what the argument is read as
 */
@FunctionalInterface
public non-sealed interface TypedHandler<T> extends Handler {
    /**
     * A {@link io.sockeye.event.Rejection} becomes the acknowledgement, if the server asked for one. Any other exception is
     * reported to the client's error handler. Neither affects the connection.
     */
    void handle(T value) throws Exception;
}
