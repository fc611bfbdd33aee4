package io.sockeye.server.internal.socket;

import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.rooms.JoinedRooms;
import io.sockeye.server.internal.rooms.Rooms;
import java.util.Set;

/**
 * The rooms of one socket: what its callers do to them, and what the shard's {@link Rooms} make of that. Any thread, unless
 * a method says that it runs on the loop.
 */
public final class SocketRooms {
    private final LocalSocket socket;
    private final LocalNamespace namespace;
    private final ConnectionSockets connection;
    private final Membership membership;
    private final JoinedRooms joined;
    /** Whether all disconnecting handlers are through. */
    private volatile boolean left;

    /** @param initial in which the socket is from the beginning */
    SocketRooms(LocalSocket socket, ConnectionSockets connection, Membership membership, Set<String> initial) {
        this.socket = socket;
        this.namespace = socket.namespace();
        this.connection = connection;
        this.membership = membership;
        this.joined = new JoinedRooms(initial, more -> connection.roomMemory().add(more));
    }

    /** @throws io.sockeye.event.Rejection if the socket is in too many rooms */
    void join(String room) {
        change(room, true, joined.add(room, namespace.context().maxRooms()));
    }

    void leave(String room) {
        change(room, false, joined.remove(room));
    }

    private void change(String room, boolean joins, boolean follows) {
        if (follows) {
            connection.loop().inCallOrder(() -> follow(room, joins));
        } else {
            membership.later(new ClusterLog.Moved(namespace.name(), membership.itself(), Set.of(room), joins));
        }
    }

    private void follow(String room, boolean joins) {
        if (membership.connected()) {
            place(room, joined.follow(room, joins));
        }
    }

    /** On the loop: joins or leaves a room because somebody else wants it. */
    public void set(String room, boolean joins) {
        if (membership.connected()) {
            joined.set(room, joins);
            place(room, joins);
        }
    }

    private void place(String room, boolean isMember) {
        var present = namespace.rooms(connection.rooms());
        if (isMember) {
            present.join(socket, room);
        } else {
            present.leave(socket, room);
        }
    }

    /** With the one of the socket's own id. */
    Set<String> names() {
        return left ? Set.of(socket.id()) : joined.with(socket.id());
    }

    /** All disconnecting handlers are through: the socket seems to be in no room any more. */
    void leaveAll() {
        left = true;
    }

    /** On the loop: the client is gone, and the shard follows no change any more. */
    Set<String> close() {
        return joined.close();
    }

    /** All handlers are through: nobody asks for the rooms any more. */
    public void forget() {
        joined.forget();
    }
}
