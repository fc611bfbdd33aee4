package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Packet ⇄ frame and polling payload ⇄ packets, for Engine.IO 4. Stateless.
 *
 * <pre>
 * text frame      type digit, data            4hello
 * binary frame    raw bytes                   (a message; no type)
 * payload         frames joined by 0x1e, binary as 'b' and base64: 4hello ␞ bAQID
 * </pre>
 */
public final class EngineCodec {
    static final byte SEPARATOR = 0x1e;
    private static final byte BASE64 = 'b';
    private static final byte LINE_FEED = '\n';

    private EngineCodec() {}

    /** @throws ProtocolException if the frame is empty or starts with no known type */
    public static EnginePacket decodeText(Bytes frame) {
        if (frame.isEmpty()) {
            throw new ProtocolException("empty packet");
        }
        byte first = frame.at(0);
        if (first == BASE64) {
            return EnginePacket.binaryMessage(decodeBase64(frame.slice(1)));
        }
        var type = EnginePacket.Type.of(first);
        if (type == null) {
            throw new ProtocolException("packet type 0x%02x".formatted(first));
        }
        return EnginePacket.text(type, frame.slice(1));
    }

    /** Ignores line breaks: the official Java client writes them. */
    static Bytes decodeBase64(Bytes text) {
        try {
            var joined = text.indexOf(LINE_FEED, 0) < 0
                    ? text
                    : Bytes.ofUtf8(text.utf8().replaceAll("[\r\n]", ""));
            return Bytes.wrap(Base64.getDecoder().decode(joined.toByteArray()));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("base64: " + e.getMessage());
        }
    }

    /** The body of a poll's answer. */
    public static Bytes encodePayload(List<EnginePacket> packets) {
        var encoded = new Bytes[packets.size()];
        int length = Math.max(0, packets.size() - 1);
        for (int i = 0; i < encoded.length; i++) {
            var packet = packets.get(i);
            encoded[i] = packet.binary() ? encodeBase64(packet.data()) : packet.data();
            length += 1 + encoded[i].length();
        }
        var payload = new byte[length];
        int at = 0;
        for (int i = 0; i < encoded.length; i++) {
            if (i > 0) {
                payload[at++] = SEPARATOR;
            }
            payload[at++] =
                    packets.get(i).binary() ? BASE64 : packets.get(i).type().digit();
            encoded[i].copyTo(payload, at);
            at += encoded[i].length();
        }
        return Bytes.wrap(payload);
    }

    /** The same body in parts that share the packets' bytes; binary packets are copied, since they become base64. */
    static Framing.Payload encodeLongPayload(List<EnginePacket> packets) {
        var parts = new ArrayList<Bytes>(packets.size() * 2);
        long own = 0;
        for (var packet : packets) {
            byte type = packet.binary() ? BASE64 : packet.type().digit();
            var head = Bytes.wrap(parts.isEmpty() ? new byte[] {type} : new byte[] {SEPARATOR, type});
            var data = packet.binary() ? encodeBase64(packet.data()) : packet.data();
            parts.add(head);
            parts.add(data);
            own += head.length() + (packet.binary() ? data.length() : 0);
        }
        return new Framing.Payload(parts, false, own);
    }

    /** How many bytes the packet takes in a payload, without a separator. */
    public static long payloadLength(EnginePacket packet) {
        long length = packet.data().length();
        return 1 + (packet.binary() ? (length + 2) / 3 * 4 : length);
    }

    static Bytes encodeBase64(Bytes data) {
        return Bytes.wrap(Base64.getEncoder().encode(data.toByteArray()));
    }
}
