package io.sockeye.client;

import io.sockeye.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What the server says when it does not let a socket in; servers of Socket.IO 2 say a mere string. */
final class Refusal {
    private Refusal() {}

    static ConnectFailedException toConnect(JsonValue payload) {
        if (payload.kind() == JsonValue.Kind.STRING) {
            return ConnectFailedException.refused(payload.as(String.class), null);
        }
        if (payload.kind() != JsonValue.Kind.OBJECT) {
            return ConnectFailedException.refused(payload.raw().utf8(), null);
        }
        var fields = payload.fields();
        var message = fields.get("message");
        var text = message != null && message.kind() == JsonValue.Kind.STRING
                ? message.as(String.class)
                : payload.raw().utf8();
        return ConnectFailedException.refused(text, present(fields.get("data")));
    }

    private static @Nullable JsonValue present(@Nullable JsonValue value) {
        return value == null || value.kind() == JsonValue.Kind.NULL ? null : value;
    }
}
