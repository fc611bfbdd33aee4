package io.sockeye.server;

import io.sockeye.json.JsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The session that a client wants back, as its CONNECT tells.
 *
 * @param pid the secret of the session
 * @param offset of the last event that it got; null if it got none
 */
record RecoveryWish(String pid, @Nullable String offset) {
    /** Null if there is none. */
    static @Nullable RecoveryWish of(Handshake handshake) {
        Map<?, ?> auth;
        try {
            auth = handshake.auth(Map.class);
        } catch (JsonException e) {
            return null; // Such as a number of a million digits: to judge it is up to those who read the payload.
        }
        var offset = auth.get("offset");
        boolean fits = offset == null || offset instanceof String;
        return fits && auth.get("pid") instanceof String pid ? new RecoveryWish(pid, (String) offset) : null;
    }
}
