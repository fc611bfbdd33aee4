package io.sockeye.server.internal.connection;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of one shard that have joined no namespace yet: those that have not asked for one, and those about which it is
 * being decided. Owned by the loop, but for {@link #count}.
 */
final class UnjoinedConnections {
    /** The oldest one first. */
    private final Set<Connection> silent = new LinkedHashSet<>();
    /** The one first that has waited for the longest. */
    private final Set<Connection> waiting = new LinkedHashSet<>();

    private volatile int count;

    void add(Connection connection) {
        silent.add(connection);
        recount();
    }

    /** Whether it is being decided now whether it may join one. */
    void waits(Connection connection, boolean wanted) {
        if ((wanted ? silent : waiting).remove(connection)) {
            (wanted ? waiting : silent).add(connection);
        }
    }

    /** It has joined one, or has ended. */
    void remove(Connection connection) {
        silent.remove(connection);
        waiting.remove(connection);
        recount();
    }

    private void recount() {
        count = silent.size() + waiting.size();
    }

    /** Any thread. */
    int count() {
        return count;
    }

    /**
     * Ends the first of those of which there are more, if there is any: who waits for a middleware that takes long is not outlived by many
     * who want nothing, and many who wait do not outlive who has just come.
     */
    void endOldest() {
        var more = waiting.size() > silent.size() ? waiting : silent;
        if (!more.isEmpty()) {
            var oldest = more.iterator().next();
            Eviction.end(oldest);
            if (more.remove(oldest)) { // It could not be ended: next time others have their turn.
                more.add(oldest);
            }
        }
    }
}
