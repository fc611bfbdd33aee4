package io.sockeye.client.internal.socket;

import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the server's CONNECT.
 *
 * @param sid the socket's id
 * @param pid the secret for recovery; null if the server does not offer that
 */
record ConnectAnswer(String sid, @Nullable String pid) {
    /** Null where there is no id: servers before Socket.IO 3 send none. */
    static @Nullable ConnectAnswer of(@Nullable JsonValue payload) {
        if (payload == null) {
            return null;
        }
        var fields = payload.fields();
        var sid = text(fields.get("sid"));
        return sid == null ? null : new ConnectAnswer(sid, text(fields.get("pid")));
    }

    private static @Nullable String text(@Nullable JsonValue value) {
        if (value == null || value.kind() == JsonValue.Kind.NULL) {
            return null;
        }
        var text = value.text();
        if (text == null) {
            throw new JsonException(value + " is no text");
        }
        return text;
    }
}
