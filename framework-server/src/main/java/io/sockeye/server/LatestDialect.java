package io.sockeye.server;

import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.socket.SocketLimits;
import io.sockeye.socket.SocketPacket;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Revision 5 of the Socket.IO protocol: clients of version 3 and 4. */
record LatestDialect(Json json) implements Dialect {
    @Override
    public SocketLimits limits(SocketLimits configured) {
        return configured;
    }

    @Override
    public SocketPacket.@Nullable Connect unasked() {
        return null;
    }

    @Override
    public ConnectContext candidate(SocketPacket.Connect packet, HttpRequest request) {
        var payload = packet.payload();
        var auth = payload == null ? json.value(Map.of()) : payload.copy();
        return new ConnectContext(packet.namespace(), new Handshake(request, auth, Instant.now()));
    }

    @Override
    public String socketId(String namespace, String sid, Supplier<String> fresh) {
        return fresh.get();
    }

    @Override
    public boolean recovers() {
        return true;
    }

    @Override
    public JsonValue welcome(Map<String, Object> fields) {
        return json.value(fields);
    }

    @Override
    public JsonValue refusal(JsonValue payload) {
        return payload;
    }
}
