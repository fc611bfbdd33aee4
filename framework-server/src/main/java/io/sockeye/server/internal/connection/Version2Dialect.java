package io.sockeye.server.internal.connection;

import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.Handshake;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.Query;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Revision 4 of the Socket.IO protocol: clients of version 2, as the reference server treats them.
 *
 * <pre>
 * ← 0                       unasked: joined "/"
 * → 0/admin?token=abc,      wants to join /admin
 * ← 0/admin,                has joined
 * ← 4/admin,"no"            or has not: message or data, bare
 * ← 4/nope,{"message":…}    or there is none
 * </pre>
 */
record Version2Dialect(Json json) implements Dialect {
    /** As long as the head of an HTTP request, since what others send in it comes behind the namespace here. */
    private static final int MAX_QUERY = 16_384;

    private static final int MAX_NAME = SocketLimits.DEFAULT.namespaceLength();

    @Override
    public SocketLimits limits(SocketLimits configured) {
        return new SocketLimits(
                configured.attachments(), configured.namespaceLength() + MAX_QUERY, configured.attachmentBytes());
    }

    @Override
    public SocketPacket.Connect unasked() {
        return new SocketPacket.Connect("/", null);
    }

    /** The query counts as the one of the request, before that one's own, and as the auth payload. */
    @Override
    public ConnectContext candidate(SocketPacket.Connect packet, HttpRequest request) {
        String target = packet.namespace();
        int mark = target.indexOf('?');
        String name = mark < 0 ? target : target.substring(0, mark);
        if (name.length() > MAX_NAME) {
            throw new ProtocolException("namespace length: %d, limit %d".formatted(name.length(), MAX_NAME));
        }
        var query = new Query(mark < 0 ? "" : target.substring(mark + 1));
        var asked = query.text().isEmpty() ? request : request.withQueryBefore(query);
        return new ConnectContext(
                name,
                new Handshake(
                        asked,
                        json.readValue(Json.standard().value(query.toMap()).raw()),
                        Instant.now(),
                        3));
    }

    /** The client computes its id in this way and knows no other. */
    @Override
    public String socketId(String namespace, String sid, Supplier<String> fresh) {
        return namespace.equals("/") ? sid : namespace + "#" + sid;
    }

    /** What a client of version 2 calls {@code pid} in its query is its own affair. */
    @Override
    public boolean recovers() {
        return false;
    }

    @Override
    public @Nullable JsonValue welcome(Map<String, Object> fields) {
        return null;
    }

    /** Only what such a client can read: a number would be taken for an id, and nothing for nothing. */
    @Override
    public JsonValue refusal(JsonValue payload) {
        var fields = payload.fields();
        var message = Objects.requireNonNull(fields.get("message"), "message");
        var data = fields.get("data");
        if (data == null) {
            return message;
        }
        return switch (data.kind()) {
            case OBJECT, ARRAY -> data;
            case STRING -> data.raw().length() > 2 ? data : message;
            case NUMBER, BOOLEAN, NULL, BINARY -> message;
        };
    }
}
