package io.sockeye.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rooms of one socket as its callers see them. Any thread: a change counts here at once, and the shard's {@link
 * Rooms} follow it when their turn comes, between what the same thread did before and after. Several threads may be
 * followed in another order than they came here; so the last change to a room follows what stands here.
 */
final class JoinedRooms {
    /** Guarded by this. */
    private final Set<String> names = new HashSet<>(4);
    /** How many changes to a room the shard has not followed yet; guarded by this. */
    private final Map<String, Integer> unfollowed = new HashMap<>(4);

    synchronized void add(String room) {
        names.add(room);
        unfollowed.merge(room, 1, Integer::sum);
    }

    synchronized void remove(String room) {
        names.remove(room);
        unfollowed.merge(room, 1, Integer::sum);
    }

    /**
     * The shard follows a change.
     *
     * @param added whether the room was added
     * @return whether the socket is in the room from now on
     */
    synchronized boolean follow(String room, boolean added) {
        var count = unfollowed.remove(room);
        if (count != null && count > 1) {
            unfollowed.put(room, count - 1);
        }
        return (count != null && count == 1) ? names.contains(room) : added;
    }

    /** The rooms of the socket before it, but for what was changed here meanwhile. */
    synchronized void inherit(Set<String> rooms) {
        rooms.stream().filter(room -> !unfollowed.containsKey(room)).forEach(names::add);
    }

    /** The callers see none of them any more; changes that were made before are followed as they were made. */
    synchronized void clear() {
        names.clear();
        unfollowed.clear();
    }

    synchronized Set<String> with(String ownRoom) {
        var all = new HashSet<>(names);
        all.add(ownRoom);
        return Set.copyOf(all);
    }
}
