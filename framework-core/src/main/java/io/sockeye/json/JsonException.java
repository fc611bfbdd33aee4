package io.sockeye.json;

import io.sockeye.json.text.Layout;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.InvalidDefinitionException;

/** Text that is not JSON, JSON that does not fit the requested type, or a value that cannot be written as JSON. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean reading;
    private final @Nullable Source source;
    /** Identifies the array from which a value was read, see {@link Layout#origin}; null if that is not known. */
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

    /** A value that this peer has sent, not in an answer, does not fit the requested type. */
    public static JsonException mismatch(String message, Peer sender) {
        return mismatch(message, null, new Source(sender, false));
    }

    /**
     * A received value does not fit the requested type.
     *
     * @param source its sender; null if that is not known
     */
    static JsonException mismatch(String message, @Nullable Throwable cause, @Nullable Source source) {
        return new JsonException(message, cause, source, true);
    }

    /**
     * The same with a message that says more about the value and the requested type. It is the sender's fault, unless
     * no JSON can be read as that type.
     */
    JsonException about(String longer, @Nullable Source from) {
        return getCause() instanceof InvalidDefinitionException definition
                ? new JsonException(longer, definition)
                : mismatch(longer, getCause(), from);
    }

    /** Marks it as about a value of that array; returns this exception. */
    JsonException in(@Nullable Object array) {
        origin = array;
        return this;
    }

    /** Whether it may be about a value of this array; false if it is known to be about one of another. */
    boolean mayBeIn(Object array) {
        return origin == null || origin == array;
    }

    /** The text is malformed. Without a stack trace, since a peer can cause these as often as it likes. */
    static JsonException malformed(String message) {
        return new JsonException(message, null, null, false);
    }

    /**
     * Whether it happened while reading, so that it is the sender's fault; false for a value that could not be written.
     */
    public boolean whileReading() {
        return reading;
    }

    /** Whether it is about a value that this peer has sent. */
    public boolean isAbout(Peer peer) {
        return reading && source != null && source.peer() == peer;
    }

    /** Whether it is about an acknowledgement, and so not about the arguments of the event that a handler is given. */
    public boolean isAboutAnswer() {
        return reading && source != null && source.answer();
    }
}
