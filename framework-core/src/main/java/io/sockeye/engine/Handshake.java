package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What the server tells the client in the OPEN packet.
 *
 * @param sid the session, a secret between the two sides
 * @param upgrades the names of the transports that the client may upgrade to
 * @param pingInterval milliseconds between two pings
 * @param pingTimeout milliseconds in which a pong must follow
 * @param maxPayload bytes that the server accepts in one polling body or WebSocket message
 */
public record Handshake(String sid, List<String> upgrades, long pingInterval, long pingTimeout, int maxPayload) {
    public Handshake {
        upgrades = List.copyOf(upgrades);
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

    /** @throws ProtocolException if the data is no handshake */
    public static Handshake parse(Bytes data) {
        Handshake handshake;
        try {
            handshake = Json.standard().readValue(data).as(Handshake.class);
        } catch (JsonException e) {
            throw new ProtocolException("handshake: " + e.getMessage());
        }
        if (handshake.sid.isEmpty() || handshake.pingInterval <= 0 || handshake.pingTimeout <= 0) {
            throw new ProtocolException("handshake: " + handshake);
        }
        return handshake;
    }
}
