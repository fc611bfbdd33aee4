package io.sockeye.engine.session;

/** How far a session has come. */
enum Phase {
    /** A client awaits the handshake. */
    OPENING,
    OPEN,
    /** What waits is still sent; what arrives does not count any more. */
    CLOSING,
    CLOSED
}
