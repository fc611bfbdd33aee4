package io.sockeye.client;

/**
 * Handles an event by its first argument. Called as an {@link EventHandler} is, but not when the argument is missing or of
 * another type: that is reported as an {@link UnexpectedArgumentsException}.
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
