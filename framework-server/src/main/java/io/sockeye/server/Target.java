package io.sockeye.server;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which sockets of a namespace are meant. Immutable.
 *
 * @param rooms sockets in one of these; all of the namespace if there are none
 * @param except but not the ones in one of these
 */
public record Target(Set<String> rooms, Set<String> except) {
    /** What the objects of a name in a set take, about. */
    private static final int NAME_OVERHEAD = 64;
    /** All sockets of the namespace. */
    public static final Target ALL = new Target(Set.of(), Set.of());

    public Target {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** Also the sockets in these rooms; from all of the namespace, only those. */
    public Target to(Collection<String> more) {
        return new Target(union(rooms, more), except);
    }

    /** But not the sockets in these rooms. */
    public Target except(Collection<String> more) {
        return new Target(rooms, union(except, more));
    }

    /** Whether a socket is meant that is in these rooms, and in one of its own id. */
    public boolean means(String socketId, Set<String> joined) {
        return (rooms.isEmpty() || isIn(rooms, socketId, joined)) && !isIn(except, socketId, joined);
    }

    /** What it takes in memory, about. */
    public long bytes() {
        return bytes(rooms) + bytes(except);
    }

    /** What the names of rooms take in memory, about. */
    public static long bytes(Set<String> names) {
        if (names.isEmpty()) {
            return 0; // Most often, without an iterator.
        }
        long bytes = 0;
        for (var name : names) {
            bytes += NAME_OVERHEAD + name.length();
        }
        return bytes;
    }

    private static boolean isIn(Set<String> wanted, String socketId, Set<String> joined) {
        return wanted.contains(socketId)
                || (!wanted.isEmpty() && wanted.stream().anyMatch(joined::contains));
    }

    private static Set<String> union(Set<String> some, Collection<String> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
