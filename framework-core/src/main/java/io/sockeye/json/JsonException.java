package io.sockeye.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.InvalidDefinitionException;

/** Text that is no JSON, JSON that is not what was asked for, or a value that has no JSON. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean reading;

    public JsonException(String message) {
        this(message, null);
    }

    public JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reading = false;
    }

    private JsonException(String message, @Nullable Throwable cause, boolean stackTrace) {
        super(message, cause, false, stackTrace);
        this.reading = true;
    }

    /** A value that was received is not what was asked for. */
    public static JsonException mismatch(String message, @Nullable Throwable cause) {
        return new JsonException(message, cause, true);
    }

    /**
     * The same of a value that was asked for as some type, with a message that says more. It is its sender's fault, unless
     * nothing at all could be read as that type.
     */
    JsonException about(String longer) {
        return getCause() instanceof InvalidDefinitionException definition
                ? new JsonException(longer, definition)
                : mismatch(longer, getCause());
    }

    /** The text is malformed: the fault of its sender, who shall not make us pay for a stack trace. */
    static JsonException malformed(String message) {
        return new JsonException(message, null, false);
    }

    /** Whether something was read, so that it is its sender's fault; false for a value that could not be written. */
    public boolean whileReading() {
        return reading;
    }
}
