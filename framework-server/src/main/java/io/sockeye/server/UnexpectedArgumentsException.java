package io.sockeye.server;

import io.sockeye.json.JsonException;

/** A client sent arguments that a handler's declared type cannot be read from. Reported to the error handler. */
public final class UnexpectedArgumentsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnexpectedArgumentsException(JsonException cause) {
        super(cause.getMessage(), cause);
    }
}
