package io.sockeye.engine;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.List;

/**
 * The sending half of a transport; the receiving half calls the session. Owned by the session's thread.
 *
 * <p>A transport buffers what is written and sends it by itself once the owner thread has no other work, so that many
 * packets leave together.
 */
public interface Transport {
    /** Which transport this is. */
    TransportKind kind();

    /** The wire format of its packets: that of revision 4, unless the client speaks another. */
    default Framing framing() {
        return Framing.revision4();
    }

    /**
     * Whether the peer learns of the session's end only by a CLOSE packet, alone in an answer or a request: official
     * clients and servers handle it before packets that arrive with it. Otherwise {@link #close} alone tells the peer.
     */
    default boolean closesByPacket() {
        return false;
    }

    /** Whether packets are sent together in one body, whose bytes and packets the peer limits. */
    default boolean collects() {
        return false;
    }

    /** Whether a binary packet is sent as its raw bytes; otherwise it is sent in base64. */
    default boolean carriesBinary() {
        return true;
    }

    /** Whether {@link #write} may be called: a poll waits, or the connection takes more bytes. */
    boolean writable();

    /** Whether all that was written has been sent. */
    boolean flushed();

    /** Bytes that were written and not sent yet; 0 if the transport does not count them. */
    default long unsentBytes() {
        return 0;
    }

    /**
     * Appends packets to what is sent next. The list is immutable and may be shared with other transports.
     *
     * @throws IllegalStateException if the transport can never take packets again
     */
    void write(List<EnginePacket> packets);

    /**
     * Starts or stops reading the peer's packets; a new transport reads. While it does not, packets wait on the peer's
     * side as far as the transport can enforce that; a few that were in flight may still arrive.
     */
    void reading(boolean wanted);

    /** Limits the peer's messages and bodies from now on. A lower limit of the transport itself still applies. */
    default void limit(int maxBytes) {}

    /** The peer broke the protocol: a request of it that waits for an answer gets an error. {@link #close} follows. */
    default void refuse() {}

    /** Sends what was written, then ends the transport. Idempotent. Does not call the session. */
    void close();

    /** Ends the transport at once; what was written and not sent is lost. Does not call the session. */
    default void cut() {}

    /** Closes the transport, or cuts it if closing fails, for example because there is no memory for a last packet. */
    default void closeOrCut() {
        boolean closed = false;
        try {
            close();
            closed = true;
        } finally {
            if (!closed) {
                cut();
            }
        }
    }

    /**
     * After {@link #close}: ends the connection without waiting for the peer to close its side. What was written is
     * still sent if the peer takes it. Does nothing if the transport does not wait anyway.
     */
    default void hangUp() {}
}
