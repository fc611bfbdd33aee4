package io.sockeye.engine;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.List;

/**
 * The sending half of a transport; the receiving half calls the session. Owned by the session's thread.
 *
 * <p>A transport collects what is written and sends it by itself once the owner thread has nothing else to do, so that
 * many packets leave in one piece.
 */
public interface Transport {
    /** Which transport this is. */
    TransportKind kind();

    /** How its packets look on the wire: as in revision 4, unless the client speaks another. */
    default Framing framing() {
        return Framing.revision4();
    }

    /**
     * Whether its end tells the peer nothing, so that a packet CLOSE has to, in an answer or a request of its own: official
     * clients and servers handle it before what came along. Else its {@link #close} says so by itself.
     */
    default boolean closesByPacket() {
        return false;
    }

    /** Whether what is written leaves as one body, of which the peer takes so many bytes and packets. */
    default boolean collects() {
        return false;
    }

    /** Whether a binary packet is a message of just its bytes; else it takes as many as it has in base64. */
    default boolean carriesBinary() {
        return true;
    }

    /** Whether {@link #write} may be called: a poll waits, or the connection takes more bytes. */
    boolean writable();

    /** Whether all that was written has been sent. */
    boolean flushed();

    /** How many bytes were written and have not left, as far as somebody counts them. */
    default long unsentBytes() {
        return 0;
    }

    /**
     * Appends packets to what is sent next. The list is immutable and may be shared with other transports.
     *
     * @throws IllegalStateException if the transport cannot take packets at all any more
     */
    void write(List<EnginePacket> packets);

    /**
     * Whether the peer's packets are taken, as they are at first. While they are not, they wait on the peer's side as far
     * as the transport can have it so; a few that were on their way may still arrive.
     */
    void reading(boolean wanted);

    /** From now on a message or a body of the peer's may have so many bytes, unless the transport takes less by itself. */
    default void limit(int maxBytes) {}

    /** What the peer has sent breaks the protocol, {@link #close} follows: if it waits for an answer to that, it is told so. */
    default void refuse() {}

    /** Sends what was written, then ends the transport. Idempotent. The session is not told. */
    void close();

    /** Ends the transport at once, whatever was written and has not left. The session is not told. */
    default void cut() {}

    /** Closes the transport. One that cannot be closed, for example because no memory is left for a last word, is cut. */
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
     * Does not wait for the peer to end its side, now that the transport is closed; what was written still leaves if the peer
     * takes it. Does nothing where nobody waits for that.
     */
    default void hangUp() {}
}
