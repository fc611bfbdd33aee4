package io.sockeye.protocol;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's rules for a peer's packets (socket.io-protocol, "Packet format"), in any encoding. A {@link Parser}
 * makes each packet that it receives by these methods; they throw {@link ProtocolException} if it breaks a rule. Any
 * thread.
 *
 * <pre>{@code
 * String namespace = PacketRules.namespace(message.slice(1, end), limits);
 * return PacketRules.event(namespace, SocketPacket.NO_ACK, json.readArray(message.slice(end), 0));
 * }</pre>
 */
public final class PacketRules {
    /**
     * Stands for an acknowledgement's id of 2^63 or more. No client uses such ids, and JavaScript cannot tell them from
     * their neighbours, so no answer could have the right one. As in the reference server, the packet is valid
     * otherwise.
     */
    public static final long TOO_GREAT_ACK_ID = Long.MIN_VALUE;

    private PacketRules() {}

    /** The namespace's name: UTF-8, not too long, with a leading slash and without a comma, which would end it. */
    public static String namespace(Bytes name, SocketLimits limits) {
        if (name.length() > limits.namespaceLength()) {
            throw new ProtocolException(
                    "namespace length: %d, limit %d".formatted(name.length(), limits.namespaceLength()));
        }
        if (!name.isUtf8()) {
            throw new ProtocolException("namespace is no UTF-8: " + name);
        }
        if (name.isEmpty() || name.at(0) != '/' || name.indexOf((byte) ',', 0) >= 0) {
            throw new ProtocolException("namespace: " + name);
        }
        return name.utf8();
    }

    /** A CONNECT: without an id, and with no payload but an object. */
    public static SocketPacket.Connect connect(String namespace, long ackId, @Nullable JsonValue payload) {
        withoutId("CONNECT", ackId);
        if (payload != null && payload.kind() != JsonValue.Kind.OBJECT) {
            throw unfit("CONNECT", payload);
        }
        return new SocketPacket.Connect(namespace, payload);
    }

    /** A CONNECT_ERROR: without an id, and with an object or a string. */
    public static SocketPacket.ConnectError connectError(String namespace, long ackId, @Nullable JsonValue payload) {
        withoutId("CONNECT_ERROR", ackId);
        if (payload == null) {
            throw new ProtocolException("CONNECT_ERROR without payload");
        }
        if (payload.kind() != JsonValue.Kind.OBJECT && payload.kind() != JsonValue.Kind.STRING) {
            throw unfit("CONNECT_ERROR", payload);
        }
        return new SocketPacket.ConnectError(namespace, payload);
    }

    /** A DISCONNECT: without id and payload. */
    public static SocketPacket.Disconnect disconnect(String namespace, long ackId, @Nullable JsonValue payload) {
        withoutId("DISCONNECT", ackId);
        if (payload != null) {
            throw unfit("DISCONNECT", payload);
        }
        return new SocketPacket.Disconnect(namespace);
    }

    /**
     * An event: it begins with its name, a number or a string that is not reserved. With an id that is {@linkplain
     * #TOO_GREAT_ACK_ID too great} it asks for no answer.
     */
    public static SocketPacket.Event event(String namespace, long ackId, JsonArray arguments) {
        String name = arguments.stringAt(0);
        if (name == null && !arguments.isNumber(0)) {
            throw new ProtocolException("event without name: " + arguments.raw());
        }
        if (name != null && SocketPacket.Event.isReserved(name)) {
            throw new ProtocolException("reserved event name: " + name);
        }
        long answerable = ackId == TOO_GREAT_ACK_ID ? SocketPacket.NO_ACK : ackId;
        return new SocketPacket.Event(namespace, answerable, arguments);
    }

    /** The answer to an event: with its id. An id that is {@linkplain #TOO_GREAT_ACK_ID too great} matches no event. */
    public static SocketPacket.Ack ack(String namespace, long ackId, JsonArray arguments) {
        if (ackId == SocketPacket.NO_ACK) {
            throw new ProtocolException("ACK without ack id");
        }
        long id = ackId == TOO_GREAT_ACK_ID ? Long.MAX_VALUE : ackId;
        return new SocketPacket.Ack(namespace, id, arguments);
    }

    private static void withoutId(String type, long ackId) {
        if (ackId != SocketPacket.NO_ACK) {
            throw new ProtocolException("%s with ack id %d".formatted(type, ackId));
        }
    }

    private static ProtocolException unfit(String type, JsonValue payload) {
        return new ProtocolException("%s with payload of kind %s".formatted(type, payload.kind()));
    }
}
