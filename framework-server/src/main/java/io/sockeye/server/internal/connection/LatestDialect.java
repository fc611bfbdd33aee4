package io.sockeye.server.internal.connection;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.Handshake;
import io.sockeye.server.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Revision 5 of the Socket.IO protocol: clients of version 3 and 4. */
record LatestDialect(Json json) implements Dialect {
    /** What a client says of itself that says nothing. */
    private static final Bytes NOTHING = Bytes.ofUtf8("{}");

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
        var auth = payload == null ? json.readValue(NOTHING) : payload.copy();
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
        return Json.standard().value(fields);
    }

    @Override
    public JsonValue refusal(JsonValue payload) {
        return payload;
    }
}
