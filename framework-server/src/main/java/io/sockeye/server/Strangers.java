package io.sockeye.server;

import io.sockeye.engine.CloseReason;
import java.util.LinkedHashSet;
import java.util.Set;

/** The connections of one shard that have joined no namespace yet. Owned by the loop, but for {@link #count}. */
final class Strangers {
    /** The oldest one first. */
    private final Set<Connection> connections = new LinkedHashSet<>();

    private volatile int count;

    void add(Connection connection) {
        connections.add(connection);
        count = connections.size();
    }

    /** It has joined one, or has ended. */
    void remove(Connection connection) {
        if (connections.remove(connection)) {
            count = connections.size();
        }
    }

    /** Any thread. */
    int count() {
        return count;
    }

    /** Ends the one that is here for the longest, if there is any. */
    void endOldest() {
        if (!connections.isEmpty()) {
            var session = connections.iterator().next().session();
            session.abort(CloseReason.FORCED_CLOSE);
            session.transport().cut(); // Else its WebSocket would stay until its peer answers the goodbye.
        }
    }
}
