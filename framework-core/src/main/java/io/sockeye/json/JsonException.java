package io.sockeye.json;

import org.jspecify.annotations.Nullable;

/** Text that is no JSON, JSON that is not what was asked for, or a value that has no JSON. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    private JsonException(String message, boolean stackTrace) {
        super(message, null, false, stackTrace);
    }

    /** The text is malformed: the fault of its sender, who shall not make us pay for a stack trace. */
    static JsonException malformed(String message) {
        return new JsonException(message, false);
    }
}
