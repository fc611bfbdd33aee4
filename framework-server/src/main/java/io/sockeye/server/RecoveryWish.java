package io.sockeye.server;

import io.sockeye.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The session that a client wants back, as its CONNECT tells.
 *
 * @param pid the secret of the session
 * @param offset of the last event that it got; null if it got none
 */
record RecoveryWish(String pid, @Nullable String offset) {
    private static final Set<String> MEMBERS = Set.of("pid", "offset");

    /** Null if there is none. */
    static @Nullable RecoveryWish of(Handshake handshake) {
        var auth = handshake.auth().fields(MEMBERS);
        var secret = auth.get("pid");
        var pid = secret == null ? null : secret.text();
        var last = auth.get("offset");
        var offset = last == null ? null : last.text();
        boolean fits = last == null || last.kind() == JsonValue.Kind.NULL || offset != null;
        return fits && pid != null ? new RecoveryWish(pid, offset) : null;
    }
}
