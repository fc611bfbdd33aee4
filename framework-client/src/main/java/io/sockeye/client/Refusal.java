package io.sockeye.client;

import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What the server says when it does not let a socket in; servers of Socket.IO 2 say a mere string. */
record Refusal(@Nullable JsonValue message, @Nullable JsonValue data) {
    /** @param json the user's, which reads the data, but not the fields around it: it may have other names for them */
    static ConnectFailedException toConnect(JsonValue payload, Json json) {
        if (payload.kind() == JsonValue.Kind.STRING) {
            return ConnectFailedException.refused(payload.as(String.class), null);
        }
        var refusal = Json.standard().readValue(payload.raw()).as(Refusal.class);
        var message = refusal.message();
        var text = message != null && message.kind() == JsonValue.Kind.STRING
                ? message.as(String.class)
                : payload.raw().utf8();
        var data = refusal.data();
        return ConnectFailedException.refused(text, data == null ? null : json.readValue(data.raw()));
    }
}
