package io.sockeye.server;

import io.sockeye.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client wants its session back.
 *
 * @param pid the secret of the session
 * @param namespace where it wants to join
 * @param offset of the last event that it got, as it says; null if it got none
 */
public record SessionClaim(
        String pid, String namespace, @Nullable String offset) {
    private static final Set<String> MEMBERS = Set.of("pid", "offset");

    /** As its CONNECT tells; null if it wants none. */
    public static @Nullable SessionClaim of(String namespace, Handshake handshake) {
        var auth = handshake.auth().fields(MEMBERS);
        var secret = auth.get("pid");
        var pid = secret == null ? null : secret.text();
        var last = auth.get("offset");
        var offset = last == null ? null : last.text();
        boolean fits = last == null || last.kind() == JsonValue.Kind.NULL || offset != null;
        return fits && pid != null ? new SessionClaim(pid, namespace, offset) : null;
    }
}
