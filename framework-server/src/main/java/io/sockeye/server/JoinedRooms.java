package io.sockeye.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one session as its callers see them. Any thread: a change counts here at once, and the shard's {@link
 * Rooms} follow it when their turn comes, between what the same thread did before and after. Several threads may be
 * followed in another order than they came here; so the last change to a room follows what stands here.
 *
 * <p>When the client comes back, the new socket begins with what stands here, so that changes from before are done.
 */
final class JoinedRooms {
    /** Guarded by this. */
    private final Set<String> names = new HashSet<>(4);
    /** How many changes to a room the shard has not followed yet; guarded by this. */
    private final Map<String, Integer> unfollowed = new HashMap<>(4);
    /** How often the client came back; guarded by this. */
    private int returns;

    /** @return a ticket for {@link #follow} */
    synchronized int add(String room) {
        names.add(room);
        unfollowed.merge(room, 1, Integer::sum);
        return returns;
    }

    /** @return a ticket for {@link #follow} */
    synchronized int remove(String room) {
        names.remove(room);
        unfollowed.merge(room, 1, Integer::sum);
        return returns;
    }

    /**
     * The shard follows a change.
     *
     * @param added whether the room was added
     * @param ticket of the change
     * @return whether the socket is in the room from now on; null if that does not change any more
     */
    synchronized @Nullable Boolean follow(String room, boolean added, int ticket) {
        if (ticket != returns) {
            return null;
        }
        var count = unfollowed.remove(room);
        if (count != null && count > 1) {
            unfollowed.put(room, count - 1);
        }
        return (count != null && count == 1) ? names.contains(room) : added;
    }

    /**
     * The client is back: all changes until now are done, and no shard has to follow them.
     *
     * @param change of the rooms by what happened meanwhile
     */
    synchronized <T extends @Nullable Object> T comeBack(Function<Set<String>, T> change) {
        returns++;
        unfollowed.clear();
        return change.apply(names);
    }

    synchronized Set<String> names() {
        return Set.copyOf(names);
    }

    synchronized Set<String> with(String ownRoom) {
        var all = new HashSet<>(names);
        all.add(ownRoom);
        return Set.copyOf(all);
    }
}
