package io.sockeye.protocol;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
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

    /** The number of binary messages that belong to the packet and must follow. */
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
        return switch (type) {
            case CONNECT -> PacketRules.connect(namespace, ackId, payload());
            case CONNECT_ERROR -> PacketRules.connectError(namespace, ackId, payload());
            case DISCONNECT -> PacketRules.disconnect(namespace, ackId, payload());
            case EVENT, BINARY_EVENT -> PacketRules.event(namespace, ackId, json.readArray(rest(), attachments));
            case ACK, BINARY_ACK -> PacketRules.ack(namespace, ackId, json.readArray(rest(), attachments));
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
        long number = number();
        long count = number == PacketRules.TOO_GREAT_ACK_ID ? Long.MAX_VALUE : number;
        if (count < 1 || at == text.length() || text.at(at) != '-') {
            throw new ProtocolException("attachment count: " + text);
        }
        if (count > limits.attachments()) {
            throw new ProtocolException(
                    "attachments: %d, limit %d (maxAttachments)".formatted(count, limits.attachments()));
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
        Bytes namespace = text.slice(at, end);
        at = Math.min(end + 1, text.length());
        return PacketRules.namespace(namespace, limits);
    }

    /** The run of digits that starts here, or -1 when there is none. */
    private long number() {
        int start = at;
        long number = 0;
        boolean tooGreat = false;
        while (at < text.length() && text.at(at) >= '0' && text.at(at) <= '9') {
            int digit = text.at(at) - '0';
            tooGreat = tooGreat || number > (Long.MAX_VALUE - digit) / 10;
            number = 10 * number + digit;
            at++;
        }
        if (at == start) {
            return SocketPacket.NO_ACK;
        }
        return tooGreat ? PacketRules.TOO_GREAT_ACK_ID : number;
    }

    private @Nullable JsonValue payload() {
        return at == text.length() ? null : json.readValue(rest());
    }

    private Bytes rest() {
        return text.slice(at);
    }
}
