package io.sockeye.server;

import org.jspecify.annotations.Nullable;

/**
 * Handles an event by its first argument; what it returns is the acknowledgement. Called as a {@link TypedHandler} is.
 *
 * <pre>{@code
 * server.onRequest("sum", Numbers.class, (socket, n) -> n.a() + n.b());
 * server.onRequest("find", String.class, (socket, name) -> users.find(name)); // a CompletableFuture
 * }</pre>
 *
 * @param <T> what the argument is read as
 * @param <R> what is written as the acknowledgement, or a stage of it; an {@link io.sockeye.json.Typed} if the declared
 *     type matters, as for a list of a type with subtypes
 */
@FunctionalInterface
public non-sealed interface RequestHandler<T, R extends @Nullable Object> extends Handler {
    /**
     * The acknowledgement's value, or a {@link java.util.concurrent.CompletionStage} of it. A {@link
     * io.sockeye.event.Rejection}, thrown or as the failure of the stage, is the answer; any other exception is reported
     * to the server's error handler, and {@link SocketServerBuilder#onRequestError} decides about the answer.
     */
    R handle(Socket socket, T value) throws Exception;
}
