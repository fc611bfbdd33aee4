package io.sockeye.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Room ⇄ sockets of one namespace on one shard; owned by the shard's loop. Every socket is also alone in a room of its
 * own id, which takes no entry here.
 */
final class Rooms {
    private final RoomEvents events;
    private final Map<String, Socket> sockets = new HashMap<>();
    private final Map<String, Set<Socket>> members = new HashMap<>();
    private final Map<Socket, Set<String>> joined = new HashMap<>();

    Rooms(RoomEvents events) {
        this.events = events;
    }

    boolean isEmpty() {
        return sockets.isEmpty() && members.isEmpty() && joined.isEmpty();
    }

    /** How often somebody is in a room, also in that of its own id. */
    long memberships() {
        return sockets.size() + members.values().stream().mapToLong(Set::size).sum();
    }

    /** The socket of that id; null if it is not here. */
    @Nullable
    Socket find(String id) {
        return sockets.get(id);
    }

    void add(Socket socket) {
        sockets.put(socket.id(), socket);
        socket.namespace().localSocketsOf().add(socket);
        events.joined(socket.id(), socket.id());
    }

    /** A socket that is in these rooms from the beginning. */
    void add(Socket socket, Set<String> rooms) {
        add(socket);
        rooms.forEach(room -> join(socket, room));
    }

    /** The socket leaves all of its rooms. */
    void remove(Socket socket) {
        socket.namespace().localSocketsOf().remove(socket);
        sockets.remove(socket.id(), socket);
        var rooms = joined.remove(socket);
        if (rooms != null) {
            for (var room : rooms) {
                removeMember(room, socket);
                events.left(room, socket.id());
            }
        }
        events.left(socket.id(), socket.id());
    }

    void join(Socket socket, String room) {
        if (add(socket, room)) {
            events.joined(room, socket.id());
        }
    }

    void leave(Socket socket, String room) {
        if (take(socket, room)) {
            events.left(room, socket.id());
        }
    }

    /** @return whether the socket was not in the room */
    private boolean add(Socket socket, String room) {
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
    private boolean take(Socket socket, String room) {
        var rooms = joined.get(socket);
        if (rooms != null && rooms.remove(room) && rooms.isEmpty()) {
            joined.remove(socket);
        }
        return removeMember(room, socket);
    }

    /** @return whether the socket was in the room */
    private boolean removeMember(String room, Socket socket) {
        var present = members.get(room);
        boolean was = present != null && present.remove(socket);
        if (present != null && present.isEmpty()) {
            members.remove(room);
        }
        return was;
    }

    /**
     * Calls the action once for each socket that the target means, however many of its rooms it is in; also if it fails for
     * some, see {@link Recipients}.
     */
    void forEach(Target target, Consumer<Socket> action) {
        Recipients.each(selected(target.rooms()), Socket::connection, socket -> {
            if (!isIn(target.except(), socket)) {
                action.accept(socket);
            }
        });
    }

    private boolean isIn(Set<String> rooms, Socket socket) {
        for (var room : rooms) {
            if (room.equals(socket.id()) || members.getOrDefault(room, Set.of()).contains(socket)) {
                return true;
            }
        }
        return false;
    }

    /** A copy, since what is done to the sockets may change the rooms, for example by a connection that ends. */
    private Collection<Socket> selected(Set<String> rooms) {
        if (rooms.isEmpty()) {
            return new ArrayList<>(sockets.values());
        }
        if (rooms.size() == 1) {
            return new ArrayList<>(membersOf(rooms.iterator().next()));
        }
        Set<Socket> union = new LinkedHashSet<>();
        rooms.forEach(room -> union.addAll(membersOf(room)));
        return union;
    }

    private Collection<Socket> membersOf(String room) {
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
