package io.sockeye.protocol;

/** The peer broke the protocol. Caught in one place, which closes the session with {@link #reason()}. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CloseReason reason;

    /** A violation that ends the session with {@link CloseReason#PARSE_ERROR}. */
    public ProtocolException(String message) {
        this(message, CloseReason.PARSE_ERROR);
    }

    public ProtocolException(String message, CloseReason reason) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public CloseReason reason() {
        return reason;
    }
}
