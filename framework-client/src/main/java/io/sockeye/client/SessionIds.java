package io.sockeye.client;

import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What the server says when a socket is connected.
 *
 * @param sid the socket's id
 * @param pid a secret by which the client can come back; null if the server does not offer that
 */
record SessionIds(String sid, @Nullable String pid) {
    /** Null where there is no id: servers before Socket.IO 3 say nothing. */
    static @Nullable SessionIds of(@Nullable JsonValue payload) {
        if (payload == null) {
            return null;
        }
        var fields = Json.standard().readValue(payload.raw()).as(Fields.class);
        return fields.sid() == null ? null : new SessionIds(fields.sid(), fields.pid());
    }

    /** As they stand on the wire. */
    record Fields(@Nullable String sid, @Nullable String pid) {}
}
