package io.sockeye.event;

import io.sockeye.json.Peer;

/**
 * The other side is gone, so that an acknowledgement cannot arrive any more: with this a request fails, at the
 * disconnection or at once. Whether the event arrived is not known.
 */
public final class DisconnectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Peer peer;

    /**
     * Of the event whose acknowledgement was waited for.
     *
     * @param peer who is gone
     */
    public DisconnectedException(String event, Peer peer) {
        super("disconnected before the acknowledgement of '" + event + "'");
        this.peer = peer;
    }

    /** Who is gone: a client of a server here, or the server that a client here spoke to. */
    public Peer peer() {
        return peer;
    }
}
