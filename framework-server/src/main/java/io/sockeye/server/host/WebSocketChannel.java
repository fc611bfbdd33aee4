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
 * A WebSocket connection as its host has it: messages in and out; pings, fragments and the closing handshake are the
 * host's. Belongs to the loop of its exchange.
 */
public interface WebSocketChannel {
    /** Whether it takes messages: it is open, and not too much waits for the peer. */
    boolean writable();

    /** Whether all that was written has left the hands of the host. */
    boolean flushed();

    /**
     * Sends a message for each packet, as the framing of the options says, at the end of the loop's turn and together with
     * what else is written. The list never changes and may be written to other channels: those of one loop may share its
     * messages. Ignored once closed.
     */
    void write(List<EnginePacket> packets);

    /** Whether the peer's messages are taken, as at first; else they wait on its side as far as possible. */
    void reading(boolean wanted);

    /**
     * From now on a message of the peer's may have so many bytes, at most those of the options, which count at first. A longer
     * one is refused in the same way.
     */
    default void limit(int maxBytes) {}

    /** Sends what was written, then says goodbye and ends the connection. Idempotent; the listener is not told. */
    void close();

    /**
     * Does not wait for the peer's goodbye, now that the channel is closed: the connection ends once what was written has
     * left, or at once if the peer takes nothing. Does nothing on a host that never waits.
     */
    default void hangUp() {}

    /** From now on what was written and has not left is charged to a budget. A host need not, if it holds little. */
    default void chargeTo(Budget budget) {}

    /** How many bytes of that there are. */
    default long unsentBytes() {
        return 0;
    }

    /** Ends the connection at once, whatever has not left. Does nothing on a host that holds nothing. */
    default void cut() {}

    /**
     * How a connection speaks.
     *
     * @param maxPayload bytes of a message that are taken
     * @param deflate how messages are compressed, where the peer wants it too; null for never
     * @param subprotocol the one that is agreed on; null for none
     */
    record Options(
            Framing framing,
            int maxPayload,
            @Nullable PerMessageDeflate deflate,
            @Nullable String subprotocol) {}

    /** Who is told of what arrives. Called on the loop. */
    interface Listener {
        /** A message arrived, of text in UTF-8 or of bytes. */
        void onMessage(Bytes data, boolean binary);

        /**
         * So many bytes are held of a message that is not whole; told when that has changed, at the end of a read. A host need
         * not say, if it holds little.
         */
        default void onHeld(long bytes) {}

        /** A message of at least so many bytes was refused; the end follows. */
        void onTooLong(long bytes);

        /** The channel became writable. */
        void onWritable();

        /** The peer has closed the connection, broken the rules, or left; told at most once, and not after {@link WebSocketChannel#close}. */
        void onClosed(CloseReason reason);
    }
}
