package io.sockeye.client.internal.transport;

/** Opens the transports of one client, session after session. Used by the owner's thread. */
public interface Transports {
    /** The transports of a new session. */
    SessionTransports session(TransportOwner owner);

    /** Releases what the transports share, and ends those that are still open. */
    void close();
}
