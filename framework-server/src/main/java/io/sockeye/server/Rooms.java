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

/**
 * Room ⇄ sockets of one namespace on one shard; owned by the shard's loop. Every socket is also alone in a room of its
 * own id, which takes no entry here.
 */
final class Rooms {
    private final RoomEvents events;
    private final Map<String, Socket> sockets = new HashMap<>();
    private final Map<String, Set<Socket>> members = new HashMap<>();
    private final Map<Socket, Set<String>> joined = new HashMap<>();
    /** Those whose session has not arrived, or that are not through with what happened until it did. */
    private final Set<Socket> coming = new HashSet<>(0);

    Rooms(RoomEvents events) {
        this.events = events;
    }

    boolean isEmpty() {
        return sockets.isEmpty() && coming.isEmpty();
    }

    /** From now on the socket learns of what it owns, and acts when it is its turn. */
    void await(Socket socket) {
        coming.add(socket);
    }

    /** Nothing is postponed for the socket any more. */
    void arrived(Socket socket) {
        coming.remove(socket);
    }

    void add(Socket socket) {
        sockets.put(socket.id(), socket);
        socket.namespace().localSocketsOf().add(socket);
        events.joined(socket.id(), socket.id());
    }

    /** The socket leaves all of its rooms. */
    void remove(Socket socket) {
        tellLeft(socket);
        forget(socket);
    }

    /** The rooms that the socket is in, without the one of its own id. */
    Set<String> of(Socket socket) {
        return Set.copyOf(joined.getOrDefault(socket, Set.of()));
    }

    /** The socket stays in its rooms, but to others it seems to have left them. */
    void tellLeft(Socket socket) {
        socket.namespace().localSocketsOf().remove(socket);
        of(socket).forEach(room -> events.left(room, socket.id()));
        events.left(socket.id(), socket.id());
    }

    /** Nobody is told. */
    void forget(Socket socket) {
        sockets.remove(socket.id(), socket);
        var rooms = joined.remove(socket);
        if (rooms != null) {
            rooms.forEach(room -> removeMember(room, socket));
        }
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

    /** Joins or leaves, and nobody is told. */
    void setSilently(Socket socket, String room, boolean joins) {
        if (joins) {
            add(socket, room);
        } else {
            take(socket, room);
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

    /** Calls the action once for each socket that the target means, however many of its rooms it is in. */
    void forEach(Target target, Consumer<Socket> action) {
        for (var socket : selected(target.rooms())) {
            if (!isIn(target.except(), socket)) {
                action.accept(socket);
            }
        }
    }

    /**
     * Calls the action once for each socket that the target means and to which what has that number belongs. Those that
     * are coming find out in their turn whether they are meant: their rooms are not known before.
     */
    void forEach(Target target, long number, Consumer<Socket> action) {
        for (var socket : coming) {
            if (socket.succession().owns(socket, number)) {
                socket.membership().inTurn(() -> callIfMeant(target, socket, action));
            }
        }
        forEach(target, socket -> {
            if (socket.succession().owns(socket, number) && !coming.contains(socket)) {
                action.accept(socket);
            }
        });
    }

    private void callIfMeant(Target target, Socket socket, Consumer<Socket> action) {
        boolean meant = target.rooms().isEmpty() || isIn(target.rooms(), socket);
        if (meant && sockets.get(socket.id()) == socket && !isIn(target.except(), socket)) {
            action.accept(socket);
        }
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
