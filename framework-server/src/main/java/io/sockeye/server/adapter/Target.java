package io.sockeye.server.adapter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A selection of a namespace's sockets. Immutable.
 *
 * @param rooms selects sockets in one of these; all of the namespace if it is empty
 * @param except excludes sockets in one of these
 */
public record Target(Set<String> rooms, Set<String> except) {
    /** All sockets of the namespace. */
    public static final Target ALL = new Target(Set.of(), Set.of());

    public Target {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** Adds the sockets in these rooms; the first call restricts all of the namespace to them. */
    public Target to(Collection<String> more) {
        return new Target(union(rooms, more), except);
    }

    /** Without the sockets in these rooms. */
    public Target except(Collection<String> more) {
        return new Target(rooms, union(except, more));
    }

    private static Set<String> union(Set<String> some, Collection<String> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
