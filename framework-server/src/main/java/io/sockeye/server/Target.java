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

    private static Set<String> union(Set<String> some, Collection<String> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
