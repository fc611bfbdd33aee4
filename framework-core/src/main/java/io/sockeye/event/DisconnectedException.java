package io.sockeye.event;

/** The other side is gone, so that an acknowledgement cannot arrive any more. */
public final class DisconnectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DisconnectedException(String event) {
        super("disconnected before the acknowledgement of '" + event + "'");
    }
}
