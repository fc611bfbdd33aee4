package io.sockeye.server.host;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.http.PerMessageDeflate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket connection of a host: messages in and out; the host handles pings, fragments and the closing handshake.
 * Belongs to the loop of its exchange.
 */
public interface WebSocketChannel {
    /** Whether it takes messages: it is open, and its buffer is not full. */
    boolean writable();

    /** Whether the host has sent all that was written. */
    boolean flushed();

    /**
     * Sends a message for each packet, in the framing of the options, at the end of the loop's turn and together with
     * all other writes. The list is immutable and may be written to other channels: those of one loop may share its
     * messages. Ignored once closed.
     */
    void write(List<EnginePacket> packets);

    /**
     * Starts or stops reading the peer's messages; a new channel reads. While it does not, they wait on the peer's side
     * as far as possible.
     */
    void reading(boolean wanted);

    /**
     * Limits the peer's messages to so many bytes from now on, at most to the initial limit of the options. A longer
     * one is refused in the same way.
     */
    default void limit(int maxBytes) {}

    /**
     * Sends what was written, then performs the closing handshake and ends the connection. Idempotent; the listener is
     * not called.
     */
    void close();

    /**
     * After {@link #close}: does not wait for the peer's close frame. The connection ends once what was written is
     * sent, or at once if the peer takes nothing. Does nothing on a host that never waits.
     */
    default void hangUp() {}

    /** Charges what is written and not sent to a budget from now on. A host that holds little need not. */
    default void chargeTo(Budget budget) {}

    /** Bytes that were written and not sent. */
    default long unsentBytes() {
        return 0;
    }

    /** Ends the connection at once; unsent messages are lost. Does nothing on a host that holds nothing. */
    default void cut() {}

    /**
     * The settings of a connection.
     *
     * @param maxPayload the most bytes of a message of the peer
     * @param deflate how messages are compressed if the peer offers it, too; null for never
     * @param subprotocol the negotiated one; null for none
     */
    record Options(
            Framing framing,
            int maxPayload,
            @Nullable PerMessageDeflate deflate,
            @Nullable String subprotocol) {}

    /** Callbacks of the channel, on the loop. */
    interface Listener {
        /** A message arrived, of text in UTF-8 or of bytes. */
        void onMessage(Bytes data, boolean binary);

        /**
         * So many bytes of an incomplete message are held; called when that has changed, at the end of a read. A host
         * that holds little need not call it.
         */
        default void onHeld(long bytes) {}

        /** A message of at least so many bytes was refused; the end follows. */
        void onTooLong(long bytes);

        /** The channel became writable. */
        void onWritable();

        /**
         * The peer has closed the connection, broken the rules, or left; called at most once, and not after {@link
         * WebSocketChannel#close}.
         */
        void onClosed(CloseReason reason);
    }
}
