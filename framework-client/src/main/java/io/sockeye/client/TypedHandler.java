package io.sockeye.client;

import io.sockeye.event.UnexpectedArgumentsException;

/**
 * Handles an event by its first argument. Called as an {@link EventHandler} is, but not when the argument is missing, null or
 * of another type: that is reported as an {@link UnexpectedArgumentsException}. Where it may be missing or null, declare an
 * {@link java.util.Optional}: {@code on("said", new TypeReference<Optional<Line>>() {}, …)}.
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
     * A {@link io.sockeye.event.Rejection} is the answer if the server asked for one. Any other exception is reported to the
     * client's error handler; the connection lives on.
     */
    void handle(T value) throws Exception;
}
