package io.sockeye.server.internal.rooms;

import io.sockeye.event.Rejection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The rooms of one socket as its callers see them. Any thread: a change counts here at once, and the shard's {@link
 * Rooms} follow it when their turn comes, between what the same thread did before and after. Several threads may be
 * followed in another order than they came here; so the last change to a room follows what stands here.
 */
public final class JoinedRooms {
    /** Guarded by this. */
    private final Set<String> names = new HashSet<>();
    /** How many changes to a room the shard has not followed yet; guarded by this. */
    private final Map<String, Integer> unfollowed = new HashMap<>(4);

    private final LongConsumer charge;
    /** What is charged for these rooms; guarded by this. */
    private long bytes;
    /** Whether no shard follows any more; guarded by this. */
    private boolean closed;
    /** Whether nobody asks for the rooms any more; guarded by this. */
    private boolean forgotten;

    /**
     * @param initial in which the socket is from the beginning
     * @param charge told how many bytes more the rooms take, which is negative if they are less, until {@link #forget}
     */
    public JoinedRooms(Set<String> initial, LongConsumer charge) {
        this.charge = charge;
        initial.forEach(this::put);
    }

    /**
     * Adds a room, unless there are so many.
     *
     * @return whether the shard has to {@link #follow}; no longer when the client is gone
     * @throws Rejection if there are too many
     */
    public synchronized boolean add(String room, int limit) {
        if (names.size() >= limit && !names.contains(room)) {
            throw new Rejection("too many rooms");
        }
        put(room);
        return changed(room);
    }

    /** @return whether the shard has to {@link #follow}; no longer when the client is gone */
    public synchronized boolean remove(String room) {
        take(room);
        return changed(room);
    }

    private void put(String room) {
        if (names.add(room)) {
            charge(RoomMemory.of(room));
        }
    }

    private void take(String room) {
        if (names.remove(room)) {
            charge(-RoomMemory.of(room));
        }
    }

    private void charge(long more) {
        if (!forgotten) {
            bytes += more;
            charge.accept(more);
        }
    }

    private boolean changed(String room) {
        if (!closed) {
            unfollowed.merge(room, 1, Integer::sum);
        }
        return !closed;
    }

    /**
     * The shard follows a change.
     *
     * @param added whether the room was added
     * @return whether the socket is in the room from now on
     */
    public synchronized boolean follow(String room, boolean added) {
        var count = unfollowed.remove(room);
        if (count != null && count > 1) {
            unfollowed.put(room, count - 1);
        }
        return (count != null && count == 1) ? names.contains(room) : added;
    }

    /** The shard has changed a room by itself. What its callers did later, since it is not followed yet, counts in the end. */
    public synchronized void set(String room, boolean added) {
        if (unfollowed.containsKey(room)) {
            return;
        }
        if (added) {
            put(room);
        } else {
            take(room);
        }
    }

    /** @return the rooms with all changes that have to be followed; nothing has from now on */
    public synchronized Set<String> close() {
        closed = true;
        return Set.copyOf(names);
    }

    /** All handlers are through: nothing is charged any more. */
    public synchronized void forget() {
        charge(-bytes);
        forgotten = true;
    }

    public synchronized Set<String> with(String ownRoom) {
        var all = new HashSet<>(names);
        all.add(ownRoom);
        return Set.copyOf(all);
    }
}
