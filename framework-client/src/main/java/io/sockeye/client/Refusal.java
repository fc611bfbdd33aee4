package io.sockeye.client;

import io.sockeye.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What the server says when it does not let a socket in; servers of Socket.IO 2 say a mere string. */
record Refusal(@Nullable JsonValue message, @Nullable JsonValue data) {
    static ConnectFailedException toConnect(JsonValue payload) {
        if (payload.kind() == JsonValue.Kind.STRING) {
            return ConnectFailedException.refused(payload.as(String.class), null);
        }
        var refusal = payload.as(Refusal.class);
        var message = refusal.message();
        var text = message != null && message.kind() == JsonValue.Kind.STRING
                ? message.as(String.class)
                : payload.raw().utf8();
        return ConnectFailedException.refused(text, refusal.data());
    }
}
