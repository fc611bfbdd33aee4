package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import java.util.List;

/** Revision 4: see {@link EngineCodec} for the formats. */
record Framing4() implements Framing {
    static final Framing4 INSTANCE = new Framing4();

    @Override
    public int revision() {
        return 4;
    }

    @Override
    public EnginePacket decode(Bytes frame, boolean binary) {
        return binary ? EnginePacket.binaryMessage(frame) : EngineCodec.decodeText(frame);
    }

    @Override
    public Packets read(Bytes payload, int maxPackets) {
        return new PayloadReader(payload, maxPackets)::next;
    }

    @Override
    public boolean binaryPayloads() {
        return false;
    }

    @Override
    public Frame frame(EnginePacket packet) {
        var head = packet.binary() ? Bytes.EMPTY : packet.type().text();
        return new Frame(head, packet.data(), packet.binary());
    }

    @Override
    public Payload payload(List<EnginePacket> packets) {
        return isShort(packets)
                ? Payload.of(EngineCodec.encodePayload(packets), false)
                : EngineCodec.encodeLongPayload(packets);
    }

    private static boolean isShort(List<EnginePacket> packets) {
        long length = 0;
        for (var packet : packets) {
            length += EngineCodec.payloadLength(packet) + 1;
        }
        return length <= Payload.SHORT;
    }

    @Override
    public long payloadLength(EnginePacket packet) {
        return EngineCodec.payloadLength(packet);
    }
}
