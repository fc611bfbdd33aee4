package io.sockeye.server;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whom a broadcast means.
 *
 * @param rooms sockets in one of these; all of the namespace if there are none
 * @param except but not the ones in one of these
 */
record Target(Set<String> rooms, Set<String> except) {
    static final Target ALL = new Target(Set.of(), Set.of());

    Target {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    Target to(Collection<String> more) {
        return new Target(union(rooms, more), except);
    }

    Target except(Collection<String> more) {
        return new Target(rooms, union(except, more));
    }

    private static Set<String> union(Set<String> some, Collection<String> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
