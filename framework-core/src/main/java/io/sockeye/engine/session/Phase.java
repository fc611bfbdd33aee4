package io.sockeye.engine.session;

/** How far a session has come. */
enum Phase {
    /** A client awaits the handshake. */
    OPENING,
    OPEN,
    /** The queue is still sent; messages that arrive are ignored. */
    CLOSING,
    CLOSED
}
