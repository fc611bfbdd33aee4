package io.sockeye.server.internal.recovery;

import io.sockeye.server.adapter.Target;
import java.util.Set;

/** What the log knows of those that its entries are for. */
final class Targets {
    /** What the objects of a name in a set take, about. */
    private static final int NAME_OVERHEAD = 64;

    private Targets() {}

    /** Whether a socket is meant that is in these rooms, and in one of its own id. */
    static boolean means(Target target, String socketId, Set<String> joined) {
        return (target.rooms().isEmpty() || isIn(target.rooms(), socketId, joined))
                && !isIn(target.except(), socketId, joined);
    }

    private static boolean isIn(Set<String> wanted, String socketId, Set<String> joined) {
        return wanted.contains(socketId)
                || (!wanted.isEmpty() && wanted.stream().anyMatch(joined::contains));
    }

    /** What it takes in memory, about. */
    static long bytes(Target target) {
        return bytes(target.rooms()) + bytes(target.except());
    }

    /** What the names of rooms take in memory, about. */
    static long bytes(Set<String> names) {
        if (names.isEmpty()) {
            return 0; // Most often, without an iterator.
        }
        long bytes = 0;
        for (var name : names) {
            bytes += NAME_OVERHEAD + name.length();
        }
        return bytes;
    }
}
