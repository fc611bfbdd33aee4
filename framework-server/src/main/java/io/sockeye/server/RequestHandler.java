package io.sockeye.server;

import org.jspecify.annotations.Nullable;

/** Handles an event by its first argument; what it returns is the acknowledgement. */
@FunctionalInterface
public non-sealed interface RequestHandler<T, R extends @Nullable Object> extends Handler {
    /**
     * The acknowledgement's value, or a {@link java.util.concurrent.CompletionStage} of it. An exception is reported to
     * the server's error handler, and the client gets no acknowledgement.
     */
    R handle(Socket socket, T value) throws Exception;
}
