package io.sockeye.msgpack;

import io.sockeye.json.Json;
import io.sockeye.json.JsonBuilder;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.PacketRules;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePackException;

/**
 * Reads one packet; used once. Unknown members are skipped: the official client sends some. Of two with the same name
 * the last counts, as in JavaScript.
 */
final class PacketReader {
    private final MsgpackReader in;
    private final Json json;
    private final SocketLimits limits;

    private @Nullable PacketType type;
    private @Nullable String namespace;
    private long ackId = SocketPacket.NO_ACK;
    private @Nullable JsonBuilder data;

    PacketReader(MsgpackReader in, Json json, SocketLimits limits) {
        this.in = in;
        this.json = json;
        this.limits = limits;
    }

    SocketPacket read() {
        try {
            readMembers();
            return packet();
        } catch (MessageInsufficientBufferException e) {
            throw new ProtocolException("%s: it ends too early".formatted(in));
        } catch (MessagePackException | IOException | JsonException e) {
            throw new ProtocolException("%s: %s".formatted(in, e.getMessage()));
        }
    }

    private void readMembers() throws IOException {
        int members = in.mapSize();
        for (int i = 0; i < members; i++) {
            switch (in.key()) {
                case "type" -> type = PacketType.of(in.wholeNumber("type"));
                case "nsp" -> namespace = PacketRules.namespace(in.string("nsp"), limits);
                case "id" -> ackId = in.skipUndefined() ? SocketPacket.NO_ACK : in.ackId();
                case "data" -> data = in.skipUndefined() ? null : value();
                default -> value();
            }
        }
        in.expectEnd();
    }

    private JsonBuilder value() throws IOException {
        var builder = json.builder();
        in.value(builder);
        return builder;
    }

    private SocketPacket packet() {
        if (type == null || namespace == null) {
            throw new ProtocolException("packet without valid %s: %s".formatted(type == null ? "type" : "nsp", in));
        }
        return switch (type) {
            case CONNECT -> PacketRules.connect(namespace, ackId, payload());
            case DISCONNECT -> PacketRules.disconnect(namespace, ackId, payload());
            case EVENT -> PacketRules.event(namespace, ackId, data().toArray());
            case ACK -> PacketRules.ack(namespace, ackId, data().toArray());
            case CONNECT_ERROR -> PacketRules.connectError(namespace, ackId, payload());
        };
    }

    private @Nullable JsonValue payload() {
        return data == null ? null : data.toValue();
    }

    private JsonBuilder data() {
        if (data == null) {
            throw new ProtocolException(type + " without data");
        }
        return data;
    }
}
