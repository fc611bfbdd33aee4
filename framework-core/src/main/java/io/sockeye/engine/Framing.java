package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How packets look on the wire in one revision of Engine.IO. Immutable, for any thread. Each transport has one; who
 * writes a transport asks it for the bytes:
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
     * @param base64 whether the client cannot take bytes, so that binary messages become text; {@code b64=1} in its query
     */
    static Framing revision3(boolean base64) {
        return base64 ? Framing3.BASE64 : Framing3.BINARY;
    }

    /** The revision of the protocol: 3 or 4. */
    int revision();

    /** @throws ProtocolException if the WebSocket message is no packet */
    EnginePacket decode(Bytes frame, boolean binary);

    /** Reads the body of a POST, which may hold so many packets. */
    Packets read(Bytes payload, int maxPackets);

    /** Whether the body of a POST may be binary. */
    boolean binaryPayloads();

    /** The packet as a WebSocket message. */
    Frame frame(EnginePacket packet);

    /** The packets as the body of a poll's answer. */
    Payload payload(List<EnginePacket> packets);

    /** How many bytes a packet adds to such a body at most, without a separator. */
    long payloadLength(EnginePacket packet);

    /** The packets of a payload, one by one, so that what precedes a bad one still counts. */
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
     * @param parts what it consists of: a short one of one part, a long one of the packets' own bytes and what is between
     *     them, so that bodies with the same packets share these
     * @param ownBytes how many of its bytes are not the packets' own
     */
    record Payload(List<Bytes> parts, boolean binary, long ownBytes) {
        /** So many bytes are copied rather than shared. */
        static final int SHORT = 64 << 10;

        /** A body in one piece. */
        static Payload of(Bytes body, boolean binary) {
            return new Payload(List.of(body), binary, body.length());
        }

        /** All of it. */
        public Bytes body() {
            return Bytes.join(parts);
        }
    }
}
