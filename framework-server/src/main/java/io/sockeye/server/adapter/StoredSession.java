package io.sockeye.server.adapter;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session whose client is away, as a {@link SessionStore} keeps it. Immutable.
 *
 * @param pid the secret by which the client recovers it
 * @param id of its sockets
 * @param rooms in which its last socket was, without the one of its own id
 * @param data at the end of its last connection; another server gets a copy by JSON
 * @param position the offset up to which all entries were applied to its last socket
 * @param sent the offset of the last event that was sent to the client; null if none was
 * @param confirmed the offset up to which the client has confirmed that it got all; null if that is not in the log any
 *     more
 * @param got the offset of the last event up to there that was sent to the client; null if none was
 */
public record StoredSession(
        String pid,
        String id,
        String namespace,
        Set<String> rooms,
        Map<String, Object> data,
        String position,
        @Nullable String sent,
        @Nullable String confirmed,
        @Nullable String got) {
    public StoredSession {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }
}
