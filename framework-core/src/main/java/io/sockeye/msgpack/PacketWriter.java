package io.sockeye.msgpack;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.SocketPacket;
import org.jspecify.annotations.Nullable;

/** Writes packets: {@code {type, nsp}}, and {@code id} and {@code data} where they have them. */
final class PacketWriter {
    private PacketWriter() {}

    static Bytes write(SocketPacket packet) {
        if (packet instanceof SocketPacket.Event event) {
            return withArguments(PacketType.EVENT, event, event.ackId(), event.arguments());
        }
        if (packet instanceof SocketPacket.Ack ack) {
            return withArguments(PacketType.ACK, ack, ack.ackId(), ack.arguments());
        }
        if (packet instanceof SocketPacket.Connect connect) {
            return withPayload(PacketType.CONNECT, connect, connect.payload());
        }
        if (packet instanceof SocketPacket.ConnectError error) {
            return withPayload(PacketType.CONNECT_ERROR, error, error.payload());
        }
        return withPayload(PacketType.DISCONNECT, packet, null);
    }

    private static Bytes withArguments(PacketType type, SocketPacket packet, long ackId, JsonArray arguments) {
        boolean numbered = ackId != SocketPacket.NO_ACK;
        var writer = begin(type, packet, numbered ? 4 : 3);
        if (numbered) {
            writer.key("id");
            writer.integer(ackId);
        }
        writer.key("data");
        arguments.writeTo(writer);
        return writer.toBytes();
    }

    private static Bytes withPayload(PacketType type, SocketPacket packet, @Nullable JsonValue payload) {
        var writer = begin(type, packet, payload == null ? 2 : 3);
        if (payload != null) {
            writer.key("data");
            payload.writeTo(writer);
        }
        return writer.toBytes();
    }

    private static MsgpackWriter begin(PacketType type, SocketPacket packet, int members) {
        var writer = new MsgpackWriter();
        writer.beginObject(members);
        writer.key("type");
        writer.integer(type.number());
        writer.key("nsp");
        writer.string(packet.namespace());
        return writer;
    }
}
