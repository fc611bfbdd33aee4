package io.sockeye.client.internal.transport;

/** Opens the transports of one client, session after session. Used by the owner's thread. */
public interface Transports {
    /** For one more session of this owner. */
    SessionTransports session(TransportOwner owner);

    /** Releases what the transports share. Those that are still open end. */
    void close();
}
