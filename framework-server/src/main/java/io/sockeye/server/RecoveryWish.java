package io.sockeye.server;

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
        Map<?, ?> auth = handshake.auth(Map.class);
        boolean fits = !auth.containsKey("offset") || auth.get("offset") instanceof String;
        return fits && auth.get("pid") instanceof String pid
                ? new RecoveryWish(pid, (String) auth.get("offset"))
                : null;
    }
}
