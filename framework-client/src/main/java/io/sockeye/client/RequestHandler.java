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
 * @param <R> what is written as the acknowledgement, or a stage of it; an {@link io.sockeye.json.Typed} where the declared type
 *     must be told, as for a list of a type with subtypes
 */
@FunctionalInterface
public non-sealed interface RequestHandler<T, R extends @Nullable Object> extends Handler {
    /**
     * The acknowledgement's value, or a {@link java.util.concurrent.CompletionStage} of it. To refuse what is asked, throw
     * a {@link io.sockeye.event.Rejection}, or fail the stage with one: it is the answer. Any other exception is reported to
     * the client's error handler, and the server gets what {@link SocketClientBuilder#onRequestError} says.
     */
    R handle(T value) throws Exception;
}
