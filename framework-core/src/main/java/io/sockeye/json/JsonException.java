package io.sockeye.json;

import io.sockeye.json.text.Layout;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.InvalidDefinitionException;

/** Text that is no JSON, JSON that is not what was asked for, or a value that has no JSON. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean reading;
    private final @Nullable Source source;
    /** Tells the array of which a value was read, see {@link Layout#origin}; null if that is not known. */
    private transient @Nullable Object origin;

    public JsonException(String message) {
        this(message, null);
    }

    public JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reading = false;
        this.source = null;
    }

    private JsonException(String message, @Nullable Throwable cause, @Nullable Source source, boolean stackTrace) {
        super(message, cause, false, stackTrace);
        this.reading = true;
        this.source = source;
    }

    /** A value that this side has sent, as no answer, is not what was asked for. */
    public static JsonException mismatch(String message, Peer sender) {
        return mismatch(message, null, new Source(sender, false));
    }

    /**
     * A value that was received is not what was asked for.
     *
     * @param source where it comes from; null if that is not known
     */
    static JsonException mismatch(String message, @Nullable Throwable cause, @Nullable Source source) {
        return new JsonException(message, cause, source, true);
    }

    /**
     * The same of a value that was asked for as some type, with a message that says more. It is its sender's fault, unless
     * nothing at all could be read as that type.
     */
    JsonException about(String longer, @Nullable Source from) {
        return getCause() instanceof InvalidDefinitionException definition
                ? new JsonException(longer, definition)
                : mismatch(longer, getCause(), from);
    }

    /** The same, about a value of that array. */
    JsonException in(@Nullable Object array) {
        origin = array;
        return this;
    }

    /** Whether it may be about a value of this array: it is not known to be about one of another. */
    boolean mayBeIn(Object array) {
        return origin == null || origin == array;
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
        return reading && source != null && source.peer() == peer;
    }

    /** Whether it is about an acknowledgement: then whoever waits for a handler's answer has not sent it. */
    public boolean isAboutAnswer() {
        return reading && source != null && source.answer();
    }
}
