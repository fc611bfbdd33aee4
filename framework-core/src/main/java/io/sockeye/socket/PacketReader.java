package io.sockeye.socket;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.ProtocolException;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Reads the text message of one packet from its first byte to its last; used once. */
final class PacketReader {
    private final Bytes text;
    private final Json json;
    private final SocketLimits limits;
    private int at;
    private int attachments;

    PacketReader(Bytes text, Json json, SocketLimits limits) {
        this.text = text;
        this.json = json;
        this.limits = limits;
    }

    /** The binary messages that belong to the packet and must follow. */
    int attachments() {
        return attachments;
    }

    /** The packet, still without its attachments. */
    SocketPacket read() {
        PacketType type = type();
        if (type.binary()) {
            attachments = attachmentCount();
        }
        String namespace = namespace();
        long ackId = number();
        try {
            return packet(type, namespace, ackId);
        } catch (JsonException e) {
            throw new ProtocolException("%s: %s".formatted(type, e.getMessage()));
        }
    }

    private SocketPacket packet(PacketType type, String namespace, long ackId) {
        boolean acknowledges = type == PacketType.ACK || type == PacketType.BINARY_ACK;
        boolean mayHaveId = acknowledges || type == PacketType.EVENT || type == PacketType.BINARY_EVENT;
        if (acknowledges ? ackId < 0 : ackId >= 0 && !mayHaveId) {
            throw new ProtocolException("%s %s ack id".formatted(type, acknowledges ? "without" : "with"));
        }
        return switch (type) {
            case CONNECT -> new SocketPacket.Connect(namespace, payload(type, false));
            case CONNECT_ERROR -> connectError(namespace);
            case DISCONNECT -> disconnect(namespace);
            case EVENT, BINARY_EVENT -> new SocketPacket.Event(namespace, ackId, event());
            case ACK, BINARY_ACK -> new SocketPacket.Ack(namespace, ackId, json.readArray(rest(), attachments));
        };
    }

    private PacketType type() {
        PacketType type = text.isEmpty() ? null : PacketType.of(text.at(0));
        if (type == null) {
            throw new ProtocolException("packet type: " + text);
        }
        at = 1;
        return type;
    }

    private int attachmentCount() {
        long count = number();
        if (count < 0 || at == text.length() || text.at(at) != '-') {
            throw new ProtocolException("attachment count: " + text);
        }
        if (count > limits.attachments()) {
            throw new ProtocolException("attachments: %d, limit %d".formatted(count, limits.attachments()));
        }
        at++;
        return (int) count;
    }

    private String namespace() {
        if (at == text.length() || text.at(at) != '/') {
            return "/";
        }
        int comma = text.indexOf((byte) ',', at);
        int end = comma < 0 ? text.length() : comma;
        if (end - at > limits.namespaceLength()) {
            throw new ProtocolException("namespace length: %d, limit %d".formatted(end - at, limits.namespaceLength()));
        }
        Bytes namespace = text.slice(at, end);
        if (!namespace.isUtf8()) {
            throw new ProtocolException("namespace is no UTF-8: " + namespace);
        }
        at = Math.min(end + 1, text.length());
        return namespace.utf8();
    }

    /** The run of digits that starts here, or -1 when there is none. */
    private long number() {
        int start = at;
        long number = 0;
        while (at < text.length() && text.at(at) >= '0' && text.at(at) <= '9') {
            int digit = text.at(at) - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                throw new ProtocolException("number beyond 64 bits: " + text);
            }
            number = 10 * number + digit;
            at++;
        }
        return at == start ? -1 : number;
    }

    private JsonArray event() {
        JsonArray arguments = json.readArray(rest(), attachments);
        String name = arguments.stringAt(0);
        if (name == null && !arguments.isNumber(0)) {
            throw new ProtocolException("event without name: " + arguments.raw());
        }
        if (name != null && SocketPacket.Event.isReserved(name)) {
            throw new ProtocolException("reserved event name: " + name);
        }
        return arguments;
    }

    private SocketPacket connectError(String namespace) {
        JsonValue payload = payload(PacketType.CONNECT_ERROR, true);
        if (payload == null) {
            throw new ProtocolException("CONNECT_ERROR without payload");
        }
        return new SocketPacket.ConnectError(namespace, payload);
    }

    private SocketPacket disconnect(String namespace) {
        if (at < text.length()) {
            throw new ProtocolException("DISCONNECT with payload: " + text);
        }
        return new SocketPacket.Disconnect(namespace);
    }

    private @Nullable JsonValue payload(PacketType type, boolean mayBeString) {
        if (at == text.length()) {
            return null;
        }
        JsonValue payload = json.readValue(rest());
        boolean fits =
                payload.kind() == JsonValue.Kind.OBJECT || (mayBeString && payload.kind() == JsonValue.Kind.STRING);
        if (!fits) {
            throw new ProtocolException("%s with payload of kind %s".formatted(type, payload.kind()));
        }
        return payload;
    }

    private Bytes rest() {
        return text.slice(at);
    }
}
