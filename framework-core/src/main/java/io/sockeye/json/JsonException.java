package io.sockeye.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.InvalidDefinitionException;

/** Text that is no JSON, JSON that is not what was asked for, or a value that has no JSON. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean reading;
    private final @Nullable Peer sender;

    public JsonException(String message) {
        this(message, null);
    }

    public JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reading = false;
        this.sender = null;
    }

    private JsonException(String message, @Nullable Throwable cause, @Nullable Peer sender, boolean stackTrace) {
        super(message, cause, false, stackTrace);
        this.reading = true;
        this.sender = sender;
    }

    /**
     * A value that was received is not what was asked for.
     *
     * @param sender who has sent it; null if that is not known
     */
    public static JsonException mismatch(String message, @Nullable Throwable cause, @Nullable Peer sender) {
        return new JsonException(message, cause, sender, true);
    }

    /**
     * The same of a value that was asked for as some type, with a message that says more. It is its sender's fault, unless
     * nothing at all could be read as that type.
     */
    JsonException about(String longer, @Nullable Peer from) {
        return getCause() instanceof InvalidDefinitionException definition
                ? new JsonException(longer, definition)
                : mismatch(longer, getCause(), from);
    }

    /** The text is malformed: the fault of its sender, who shall not make us pay for a stack trace. */
    static JsonException malformed(String message) {
        return new JsonException(message, null, null, false);
    }

    /** Whether something was read, so that it is its sender's fault; false for a value that could not be written. */
    public boolean whileReading() {
        return reading;
    }

    /** Whether it is about something that this side of a connection has sent. */
    public boolean isAbout(Peer peer) {
        return reading && sender == peer;
    }
}
