package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire format of one revision of Engine.IO. Immutable, for any thread. Each transport has one, and encodes with it
 * what it sends:
 *
 * <pre>{@code
 * var answer = framing.payload(packets);
 * respond(answer.binary() ? "application/octet-stream" : "text/plain; charset=UTF-8", answer.body());
 * }</pre>
 */
public sealed interface Framing permits Framing3, Framing4 {
    /** Revision 4 of Engine.IO, which clients of Socket.IO 3 and 4 speak. */
    static Framing revision4() {
        return Framing4.INSTANCE;
    }

    /**
     * Revision 3 of Engine.IO, which clients of Socket.IO 1 and 2 speak.
     *
     * @param base64 whether the client cannot receive bytes, so that binary messages become text; {@code b64=1} in its
     *     query
     */
    static Framing revision3(boolean base64) {
        return base64 ? Framing3.BASE64 : Framing3.BINARY;
    }

    /** The revision of the protocol: 3 or 4. */
    int revision();

    /** @throws ProtocolException if the WebSocket message is no packet */
    EnginePacket decode(Bytes frame, boolean binary);

    /** Reads the body of a POST, which may hold at most {@code maxPackets}. */
    Packets read(Bytes payload, int maxPackets);

    /** Whether the body of a POST may be binary. */
    boolean binaryPayloads();

    /** The packet as a WebSocket message. */
    Frame frame(EnginePacket packet);

    /** The packets as the body of a poll's answer. */
    Payload payload(List<EnginePacket> packets);

    /** The most bytes that a packet can add to such a body, without a separator. */
    long payloadLength(EnginePacket packet);

    /** The packets of a payload, one by one, so that those before a malformed one are still handled. */
    interface Packets {
        /**
         * The next packet, or null at the end.
         *
         * @throws ProtocolException if the packet is malformed, or the payload is empty or holds too many packets
         */
        @Nullable
        EnginePacket next();
    }

    /** The head, then the data, in a binary or a text message. */
    record Frame(Bytes head, Bytes data, boolean binary) {}

    /**
     * A body of bytes, or of UTF-8 text.
     *
     * @param parts the body's bytes in order. A short body has one part. A long one has the packets' own bytes and,
     *     between them, those of the format, so that bodies with the same packets share memory
     * @param ownBytes how many of its bytes are not shared with the packets
     */
    record Payload(List<Bytes> parts, boolean binary, long ownBytes) {
        /** A body of at most so many bytes is copied rather than shared. */
        static final int SHORT = 64 << 10;

        /** A body in one piece. */
        static Payload of(Bytes body, boolean binary) {
            return new Payload(List.of(body), binary, body.length());
        }

        /** The whole body in one piece. */
        public Bytes body() {
            return Bytes.join(parts);
        }
    }
}
