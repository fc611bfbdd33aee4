package io.sockeye.event;

import io.sockeye.json.JsonException;

/**
 * The other side sent arguments that a handler's declared type cannot be read from: the handler was not called, or failed
 * when it read them itself. Reported to the error handler; the message says what did not fit.
 */
public final class UnexpectedArgumentsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For arguments that a handler has read itself. */
    public UnexpectedArgumentsException(JsonException cause) {
        super(cause.getMessage(), cause);
    }

    UnexpectedArgumentsException(String message) {
        super(message);
    }
}
