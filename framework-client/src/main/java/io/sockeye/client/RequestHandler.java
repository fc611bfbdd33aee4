package io.sockeye.client;

import org.jspecify.annotations.Nullable;

/**
 * Handles an event by its first argument; what it returns is the acknowledgement. Called as a {@link TypedHandler} is.
 *
 * <pre>{@code
 * client.onRequest("ready?", String.class, game -> ready(game));
 * client.onRequest("find", String.class, name -> users.find(name)); // a CompletableFuture
 * }</pre>
 *
 * @param <T> what the argument is read as
 * @param <R> the type of the acknowledgement's value, or of a stage of it; an {@link io.sockeye.json.Typed} where the declared
 *     type matters, as for a list of a type with subtypes
 */
@FunctionalInterface
public non-sealed interface RequestHandler<T, R extends @Nullable Object> extends Handler {
    /**
     * Returns the acknowledgement's value, or a {@link java.util.concurrent.CompletionStage} of it. To reject the request,
     * throw a {@link io.sockeye.event.Rejection} or fail the stage with one: it is sent as the acknowledgement. Any other
     * exception is reported to the client's error handler, and {@link SocketClientBuilder#onRequestError} decides what is
     * sent.
     */
    R handle(T value) throws Exception;
}
