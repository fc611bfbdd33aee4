package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells the client in the OPEN packet.
 *
 * @param sid the session, a secret between the two sides
 * @param upgrades the names of the transports that the client may upgrade to
 * @param pingInterval milliseconds between two pings
 * @param pingTimeout milliseconds in which a pong must follow
 * @param maxPayload bytes that the server accepts in one polling body or WebSocket message; 0 if it announces no limit
 */
public record Handshake(String sid, List<String> upgrades, long pingInterval, long pingTimeout, long maxPayload) {
    /** The greatest integer that is exact in JavaScript, so that sums of times do not overflow here. */
    private static final long MAX_MILLIS = (1L << 53) - 1;

    public Handshake {
        if (sid.isEmpty()) {
            throw new IllegalArgumentException("empty sid");
        }
        if (!mayBeTime(pingInterval) || !mayBeTime(pingTimeout) || maxPayload < 0) {
            throw new IllegalArgumentException("pingInterval %d ms, pingTimeout %d ms, maxPayload %d"
                    .formatted(pingInterval, pingTimeout, maxPayload));
        }
        upgrades = List.copyOf(upgrades);
    }

    private static boolean mayBeTime(long millis) {
        return millis > 0 && millis <= MAX_MILLIS;
    }

    /** The OPEN packet that carries this handshake. */
    public EnginePacket toPacket() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("sid", sid);
        fields.put("upgrades", upgrades);
        fields.put("pingInterval", pingInterval);
        fields.put("pingTimeout", pingTimeout);
        fields.put("maxPayload", maxPayload);
        return EnginePacket.text(
                EnginePacket.Type.OPEN, Json.standard().value(fields).raw());
    }

    /** Whether the session may upgrade to transports of this kind. */
    public boolean offers(TransportKind kind) {
        return upgrades.contains(kind.wireName());
    }

    /** Milliseconds without a ping after which a client considers the server dead. */
    public long maxSilence() {
        return pingInterval + pingTimeout;
    }

    /** @throws ProtocolException if the packet carries no handshake */
    public static Handshake of(EnginePacket packet) {
        if (packet.type() != EnginePacket.Type.OPEN) {
            throw new ProtocolException("packet before the handshake: " + packet.type());
        }
        return parse(packet.data());
    }

    /** @throws ProtocolException if the data is no handshake */
    public static Handshake parse(Bytes data) {
        try {
            var value = Json.standard().readValue(data);
            if (value.kind() != JsonValue.Kind.OBJECT) {
                throw new ProtocolException("handshake: " + value.kind());
            }
            return of(value.fields());
        } catch (JsonException | IllegalArgumentException e) {
            throw new ProtocolException("handshake: " + e.getMessage());
        }
    }

    private static Handshake of(Map<String, JsonValue> fields) {
        var upgrades = new ArrayList<String>();
        for (Object upgrade : field(fields, "upgrades", JsonValue.Kind.ARRAY).<List<?>>as(List.class)) {
            if (!(upgrade instanceof String name)) {
                throw new IllegalArgumentException("upgrade: " + upgrade);
            }
            upgrades.add(name);
        }
        var limit = fields.get("maxPayload");
        return new Handshake(
                field(fields, "sid", JsonValue.Kind.STRING).as(String.class),
                upgrades,
                (long) Math.ceil(number(fields, "pingInterval")),
                (long) Math.ceil(number(fields, "pingTimeout")),
                isAbsent(limit) ? 0 : (long) Math.floor(number(fields, "maxPayload")));
    }

    /** JavaScript writes null for an infinite number. */
    private static boolean isAbsent(@Nullable JsonValue value) {
        return value == null || value.kind() == JsonValue.Kind.NULL;
    }

    private static double number(Map<String, JsonValue> fields, String name) {
        return field(fields, name, JsonValue.Kind.NUMBER).as(double.class);
    }

    private static JsonValue field(Map<String, JsonValue> fields, String name, JsonValue.Kind kind) {
        var value = fields.get(name);
        if (value == null || value.kind() != kind) {
            throw new IllegalArgumentException(name + ": " + value);
        }
        return value;
    }
}
