package io.sockeye.protocol;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a packet into the messages that carry it: {@code <type>[<attachments>-][<namespace>,][<ack id>][<JSON>]}. */
final class SocketEncoder {
    private SocketEncoder() {}

    /** The text message, then one binary message for each attachment. */
    static List<EnginePacket> encode(SocketPacket packet) {
        if (packet instanceof SocketPacket.Event event) {
            return withArguments(PacketType.EVENT, PacketType.BINARY_EVENT, event, event.ackId(), event.arguments());
        }
        if (packet instanceof SocketPacket.Ack ack) {
            return withArguments(PacketType.ACK, PacketType.BINARY_ACK, ack, ack.ackId(), ack.arguments());
        }
        if (packet instanceof SocketPacket.Connect connect) {
            return withPayload(PacketType.CONNECT, connect, connect.payload());
        }
        if (packet instanceof SocketPacket.ConnectError error) {
            return withPayload(PacketType.CONNECT_ERROR, error, error.payload());
        }
        return withPayload(PacketType.DISCONNECT, packet, null);
    }

    private static List<EnginePacket> withPayload(PacketType type, SocketPacket packet, @Nullable JsonValue payload) {
        var head = new StringBuilder().append(type.digit());
        appendNamespace(head, packet.namespace());
        return List.of(text(head, payload == null ? Bytes.EMPTY : payload.raw()));
    }

    private static List<EnginePacket> withArguments(
            PacketType plain, PacketType binary, SocketPacket packet, long ackId, JsonArray arguments) {
        List<Bytes> attachments = arguments.attachments();
        var head = new StringBuilder();
        if (attachments.isEmpty()) {
            head.append(plain.digit());
        } else {
            head.append(binary.digit()).append(attachments.size()).append('-');
        }
        appendNamespace(head, packet.namespace());
        if (ackId != SocketPacket.NO_ACK) {
            head.append(ackId);
        }
        EnginePacket text = text(head, arguments.raw());
        if (attachments.isEmpty()) {
            return List.of(text);
        }
        List<EnginePacket> messages = new ArrayList<>(1 + attachments.size());
        messages.add(text);
        attachments.forEach(attachment -> messages.add(EnginePacket.binaryMessage(attachment)));
        return List.copyOf(messages);
    }

    private static void appendNamespace(StringBuilder head, String namespace) {
        if (!namespace.equals("/")) {
            head.append(namespace).append(',');
        }
    }

    private static EnginePacket text(StringBuilder head, Bytes json) {
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[start.length + json.length()];
        System.arraycopy(start, 0, message, 0, start.length);
        json.copyTo(message, start.length);
        return EnginePacket.message(Bytes.wrap(message));
    }
}
