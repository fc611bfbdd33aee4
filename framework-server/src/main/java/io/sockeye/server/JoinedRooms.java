package io.sockeye.server;

import java.util.HashSet;
import java.util.Set;

/**
 * The rooms of one socket as its callers see them. Any thread: a change counts here at once, and the shard's {@link
 * Rooms} follow what stands here when their turn comes, so that both agree whatever the order of the calls.
 */
final class JoinedRooms {
    /** Guarded by this. */
    private final Set<String> names = new HashSet<>(4);

    synchronized void add(String room) {
        names.add(room);
    }

    synchronized void remove(String room) {
        names.remove(room);
    }

    synchronized boolean contains(String room) {
        return names.contains(room);
    }

    synchronized void clear() {
        names.clear();
    }

    synchronized Set<String> with(String ownRoom) {
        var all = new HashSet<>(names);
        all.add(ownRoom);
        return Set.copyOf(all);
    }
}
