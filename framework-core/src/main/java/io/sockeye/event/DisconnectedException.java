package io.sockeye.event;

/**
 * The other side is gone, so that an acknowledgement cannot arrive any more: with this a request fails, at the
 * disconnection or at once. Whether the event arrived is not known.
 */
public final class DisconnectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of the event whose acknowledgement was waited for. */
    public DisconnectedException(String event) {
        super("disconnected before the acknowledgement of '" + event + "'");
    }
}
