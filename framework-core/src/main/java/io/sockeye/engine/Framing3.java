package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;

/**
 * Revision 3 of engine.io-protocol.
 *
 * <pre>
 * text frame        type digit, data                                      4hello
 * binary frame      0x04, data
 * as text           'b', type digit, base64                               b4AQID
 * text payload      length in UTF-16 units, ':', text frame; again        6:4hello6:b4AQID
 * binary payload    0x00 text or 0x01 binary frame, its length in decimal digits of one byte each, 0xff, frame; again
 * </pre>
 *
 * @param base64 whether binary messages travel as text
 */
record Framing3(boolean base64) implements Framing {
    static final Framing3 BINARY = new Framing3(false);
    static final Framing3 BASE64 = new Framing3(true);

    private static final byte BASE64_MARK = 'b';
    private static final Bytes BASE64_HEAD = Bytes.ofUtf8("b4");
    private static final byte BINARY_MESSAGE = 4;
    private static final Bytes BINARY_HEAD = Bytes.wrap(new byte[] {BINARY_MESSAGE});

    @Override
    public int revision() {
        return 3;
    }

    @Override
    public EnginePacket decode(Bytes frame, boolean binary) {
        if (frame.isEmpty()) {
            throw new ProtocolException("empty packet");
        }
        if (binary) {
            return binaryMessage(frame.at(0), BINARY_MESSAGE, frame.slice(1));
        }
        if (frame.at(0) != BASE64_MARK) {
            return EngineCodec.decodeText(frame);
        }
        if (frame.length() == 1) {
            throw new ProtocolException("binary packet without a type");
        }
        return binaryMessage(frame.at(1), EnginePacket.Type.MESSAGE.digit(), EngineCodec.decodeBase64(frame.slice(2)));
    }

    private static EnginePacket binaryMessage(byte type, byte expected, Bytes data) {
        if (type != expected) {
            throw new ProtocolException("binary packet of type 0x%02x".formatted(type));
        }
        return EnginePacket.binaryMessage(data);
    }

    /** The first byte tells the two formats apart: a digit in text, 0x00 or 0x01 in bytes. */
    @Override
    public Packets read(Bytes payload, int maxPackets) {
        boolean binary = !payload.isEmpty() && payload.at(0) <= 1;
        var reader = new Payload3Reader(payload, maxPackets);
        return binary ? reader::nextInBytes : reader::nextInText;
    }

    @Override
    public boolean binaryPayloads() {
        return true;
    }

    @Override
    public Frame frame(EnginePacket packet) {
        if (!packet.binary()) {
            return new Frame(packet.type().text(), packet.data(), false);
        }
        return base64
                ? new Frame(BASE64_HEAD, EngineCodec.encodeBase64(packet.data()), false)
                : new Frame(BINARY_HEAD, packet.data(), true);
    }

    @Override
    public Payload payload(List<EnginePacket> packets) {
        var frames = packets.stream().map(this::frame).toList();
        boolean binary = frames.stream().anyMatch(Frame::binary);
        return binary ? Payload3Writer.bytes(frames) : Payload3Writer.text(frames);
    }

    /** Includes the frame's length and its delimiters. */
    @Override
    public long payloadLength(EnginePacket packet) {
        long data = packet.data().length();
        long length = 2 + (packet.binary() && base64 ? (data + 2) / 3 * 4 : data);
        return length + Payload3Writer.HEAD;
    }
}
