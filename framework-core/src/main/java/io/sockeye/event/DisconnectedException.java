package io.sockeye.event;

import io.sockeye.json.Peer;

/**
 * A request failed since the other side is gone: at the disconnection, or at once if it was made later. Whether the
 * event arrived is not known.
 */
public final class DisconnectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Peer peer;

    /**
     * For the event whose acknowledgement cannot arrive any more.
     *
     * @param peer the side that is gone
     */
    public DisconnectedException(String event, Peer peer) {
        super("disconnected before the acknowledgement of '" + event + "'");
        this.peer = peer;
    }

    /** The side that is gone: {@link Peer#CLIENT} at a server, {@link Peer#SERVER} at a client. */
    public Peer peer() {
        return peer;
    }
}
