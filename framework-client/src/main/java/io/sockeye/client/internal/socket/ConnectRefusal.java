package io.sockeye.client.internal.socket;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Reads the payload of CONNECT_ERROR: an object, or from servers of Socket.IO 2 a string. */
final class ConnectRefusal {
    private ConnectRefusal() {}

    static ConnectFailedException toConnect(JsonValue payload) {
        var bare = payload.text();
        if (bare != null) {
            return ConnectFailedException.refused(bare, null);
        }
        if (payload.kind() != JsonValue.Kind.OBJECT) {
            return ConnectFailedException.refused(payload.raw().utf8(), null);
        }
        var fields = payload.fields();
        var message = fields.get("message");
        var said = message == null ? null : message.text();
        var text = said == null ? payload.raw().utf8() : said;
        return ConnectFailedException.refused(text, present(fields.get("data")));
    }

    private static @Nullable JsonValue present(@Nullable JsonValue value) {
        return value == null || value.kind() == JsonValue.Kind.NULL ? null : value;
    }
}
