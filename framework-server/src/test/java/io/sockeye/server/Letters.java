package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.PacketRules;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parser of a user's own: {@code <letter> <namespace> <ack id> <JSON>}; an event comes in two messages, E and its end. */
final class Letters implements Parser {
    @Override
    public List<EnginePacket> encode(SocketPacket packet) {
        if (packet instanceof SocketPacket.Event event) {
            var head = "E %s %d %s"
                    .formatted(
                            event.namespace(),
                            event.ackId(),
                            event.arguments().raw().utf8());
            return List.of(message(head), message("."));
        }
        if (packet instanceof SocketPacket.Ack ack) {
            return List.of(message("A %s %d %s"
                    .formatted(
                            ack.namespace(), ack.ackId(), ack.arguments().raw().utf8())));
        }
        if (packet instanceof SocketPacket.Connect connect) {
            return List.of(message("C " + connect.namespace()));
        }
        return List.of(message((packet instanceof SocketPacket.Disconnect ? "D " : "R ") + packet.namespace()));
    }

    private static EnginePacket message(String text) {
        return EnginePacket.message(Bytes.ofUtf8(text));
    }

    @Override
    public Decoder decoder(Json json, SocketLimits limits) {
        return new Halves(json, limits);
    }

    private static final class Halves implements Decoder {
        private final Json json;
        private final SocketLimits limits;
        private @Nullable SocketPacket begun;

        Halves(Json json, SocketLimits limits) {
            this.json = json;
            this.limits = limits;
        }

        @Override
        public @Nullable SocketPacket receive(EnginePacket message) {
            var words = message.data().utf8().split(" ", 4);
            if (words[0].equals(".")) {
                var complete = begun;
                begun = null;
                return complete;
            }
            var namespace = PacketRules.namespace(Bytes.ofUtf8(words[1]), limits);
            return switch (words[0]) {
                case "C" -> PacketRules.connect(namespace, SocketPacket.NO_ACK, null);
                case "A" -> PacketRules.ack(namespace, Long.parseLong(words[2]), arguments(words));
                case "E" -> {
                    begun = PacketRules.event(namespace, Long.parseLong(words[2]), arguments(words));
                    yield null;
                }
                default -> throw new ProtocolException("letter " + words[0]);
            };
        }

        private JsonArray arguments(String[] words) {
            return json.readArray(Bytes.ofUtf8(words[3]), 0);
        }
    }
}
