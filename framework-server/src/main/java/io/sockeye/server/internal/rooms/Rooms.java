package io.sockeye.server.internal.rooms;

import io.sockeye.server.adapter.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Room ⇄ sockets of one namespace on one shard; owned by the shard's loop. Every socket is also alone in a room of its
 * own id, which takes no entry here.
 */
public final class Rooms {
    /** How many rooms a socket leaves in one turn of the loop. */
    private static final int AT_ONCE = 1_000;

    private final RoomEvents events;
    /** Runs a task later on the loop. */
    private final Executor later;

    /** The sockets of the namespace on all loops, by their ids. */
    private final Map<String, RoomMember> everywhere;

    private final Map<String, RoomMember> sockets = new HashMap<>();
    private final ShrinkingMap<String, Set<RoomMember>> members = new ShrinkingMap<>();
    private final Map<RoomMember, Set<String>> joined = new HashMap<>();
    /** Those that are gone, but have not left all of their rooms. */
    private final Set<RoomMember> leaving = new HashSet<>(0);

    /**
     * @param everywhere the sockets of the namespace on all loops, by their ids
     * @param later runs a task later on the loop
     */
    public Rooms(RoomEvents events, Map<String, RoomMember> everywhere, Executor later) {
        this.events = events;
        this.everywhere = everywhere;
        this.later = later;
    }

    /** Whether nobody is here; some may still be about to leave. */
    public boolean isEmpty() {
        return sockets.isEmpty() && joined.isEmpty() && (members.isEmpty() || !leaving.isEmpty());
    }

    /** How often somebody is in a room, also in that of its own id. */
    public long memberships() {
        return sockets.size() + members.values().stream().mapToLong(Set::size).sum();
    }

    /** The socket of that id; null if it is not here. */
    @Nullable
    public RoomMember find(String id) {
        return sockets.get(id);
    }

    public void add(RoomMember socket) {
        sockets.put(socket.id(), socket);
        everywhere.put(socket.id(), socket);
        events.joined(socket.id(), socket.id());
    }

    /** A socket that is in these rooms from the beginning. */
    public void add(RoomMember socket, Set<String> rooms) {
        add(socket);
        rooms.forEach(room -> join(socket, room));
    }

    /** The socket leaves all of its rooms. */
    public void remove(RoomMember socket) {
        remove(socket, Integer.MAX_VALUE, () -> {});
    }

    /**
     * The same, but it leaves very many rooms one after another, though nothing is sent to it any more.
     *
     * @param then runs when it has left all
     */
    public void removeInSteps(RoomMember socket, Runnable then) {
        remove(socket, AT_ONCE, then);
    }

    private void remove(RoomMember socket, int atOnce, Runnable then) {
        everywhere.remove(socket.id(), socket);
        sockets.remove(socket.id(), socket);
        var rooms = joined.remove(socket);
        leave(socket, rooms == null ? Collections.emptyIterator() : rooms.iterator(), atOnce, then);
    }

    private void leave(RoomMember socket, Iterator<String> rooms, int atOnce, Runnable then) {
        for (int i = 0; i < atOnce && rooms.hasNext(); i++) {
            var room = rooms.next();
            removeMember(room, socket);
            events.left(room, socket.id());
        }
        if (rooms.hasNext()) {
            leaving.add(socket);
            later.execute(() -> leave(socket, rooms, atOnce, then));
        } else {
            leaving.remove(socket);
            events.left(socket.id(), socket.id());
            then.run();
        }
    }

    public void join(RoomMember socket, String room) {
        if (add(socket, room)) {
            events.joined(room, socket.id());
        }
    }

    public void leave(RoomMember socket, String room) {
        if (take(socket, room)) {
            events.left(room, socket.id());
        }
    }

    /** @return whether the socket was not in the room */
    private boolean add(RoomMember socket, String room) {
        if (room.equals(socket.id())) {
            return false; // It is there already.
        }
        boolean added = joined.computeIfAbsent(socket, key -> new HashSet<>(4)).add(room);
        if (added) {
            members.computeIfAbsent(room, key -> new LinkedHashSet<>()).add(socket);
        }
        return added;
    }

    /** @return whether the socket was in the room */
    private boolean take(RoomMember socket, String room) {
        var rooms = joined.get(socket);
        if (rooms != null && rooms.remove(room) && rooms.isEmpty()) {
            joined.remove(socket);
        }
        return removeMember(room, socket);
    }

    /** @return whether the socket was in the room */
    private boolean removeMember(String room, RoomMember socket) {
        var present = members.get(room);
        boolean was = present != null && present.remove(socket);
        if (present != null && present.isEmpty()) {
            members.remove(room);
        }
        return was;
    }

    /**
     * Calls the action once for each socket that the target means, however many of its rooms it is in; also if it fails for
     * some, see {@link EachRecipient}.
     */
    public void forEach(Target target, Consumer<RoomMember> action) {
        EachRecipient.each(
                selected(target.rooms()),
                socket -> {
                    if (!isIn(target.except(), socket) && (leaving.isEmpty() || !leaving.contains(socket))) {
                        action.accept(socket);
                    }
                },
                RoomMember::abort);
    }

    private boolean isIn(Set<String> rooms, RoomMember socket) {
        for (var room : rooms) {
            var present = members.get(room);
            if (room.equals(socket.id()) || (present != null && present.contains(socket))) {
                return true;
            }
        }
        return false;
    }

    /** A copy, since what is done to the sockets may change the rooms, for example by a connection that ends. */
    private Collection<RoomMember> selected(Set<String> rooms) {
        if (rooms.isEmpty()) {
            return new ArrayList<>(sockets.values());
        }
        if (rooms.size() == 1) {
            return new ArrayList<>(membersOf(rooms.iterator().next()));
        }
        Set<RoomMember> union = new LinkedHashSet<>();
        rooms.forEach(room -> union.addAll(membersOf(room)));
        return union;
    }

    private Collection<RoomMember> membersOf(String room) {
        var own = sockets.get(room);
        var present = members.get(room);
        if (present == null) {
            return own == null ? List.of() : List.of(own);
        }
        if (own == null || present.contains(own)) {
            return present;
        }
        var both = new ArrayList<>(present);
        both.add(own);
        return both;
    }
}
