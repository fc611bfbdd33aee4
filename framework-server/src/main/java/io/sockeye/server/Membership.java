package io.sockeye.server;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One socket's stay in its namespace, which may last longer than its client is there. Owned by the loop of the socket's
 * connection, but for {@link #isHere()}.
 *
 * <pre>
 *   here ──────────▶ away ─────────▶ gone       here: a client joined
 *    │ ▲  lost its        claimed,     ▲         coming: a client came back, whose session is not there yet
 *    │ │  connection      too late, or │
 *    │ │                  disconnected │
 *    │ └── coming ─────────────────────┤
 *    └─────────────────────────────────┘ left, or was disconnected
 * </pre>
 */
final class Membership {
    private final Socket socket;
    private final Namespace namespace;
    private final Connection connection;
    /** Null if the client cannot come back. */
    private final @Nullable RecoveryLog log;
    /** Written on the loop only. */
    private volatile Presence presence;
    /** When the client has been away for too long. */
    private Deadlines.@Nullable Deadline tooLate;
    /** What happened to the socket before its session arrived, in that order; null if nothing has to wait. */
    private @Nullable Queue<Runnable> postponed;

    private Membership(Socket socket, Connection connection, @Nullable RecoveryLog log, Presence presence) {
        this.socket = socket;
        this.namespace = socket.namespace();
        this.connection = connection;
        this.log = log;
        this.presence = presence;
    }

    /** Of a client that has joined. */
    static Membership begin(Socket socket, Connection connection, @Nullable RecoveryLog log) {
        return new Membership(socket, connection, log, Presence.HERE);
    }

    /** Of a client that comes back. */
    static Membership comeBack(Socket socket, Connection connection, RecoveryLog log) {
        return new Membership(socket, connection, log, Presence.COMING);
    }

    /** Whether the client is there. Any thread. */
    boolean isHere() {
        return presence == Presence.HERE;
    }

    /** Whether the client is there or just coming back. Any thread. */
    boolean isExpected() {
        return presence == Presence.HERE || presence == Presence.COMING;
    }

    private boolean isAway() {
        return presence == Presence.AWAY;
    }

    /** Joins or leaves a room, if only for the time when the client is back. */
    void follow(String room, boolean joins) {
        if (presence == Presence.GONE) {
            return;
        }
        var rooms = connection.shard().rooms(namespace);
        if (isAway()) {
            rooms.setSilently(socket, room, joins);
        } else if (joins) {
            rooms.join(socket, room);
        } else {
            rooms.leave(socket, room);
        }
    }

    /**
     * The client came back, its session will follow: what is done to the socket waits for it. That is short, and takes a
     * reference each: it is the time in which the other loop does what was posted to it as well.
     */
    void await() {
        postponed = new ArrayDeque<>();
        connection.shard().rooms(namespace).await(socket);
    }

    /** Does something to the socket, if it has its session; otherwise after what happened to it before. */
    void inTurn(Runnable action) {
        if (postponed == null) {
            action.run();
        } else {
            postponed.add(action);
        }
    }

    /** The session is there, which is in these rooms. What was postponed still waits for the client to be greeted. */
    void arrive(Set<String> names) {
        var rooms = connection.shard().rooms(namespace);
        rooms.add(socket);
        names.forEach(room -> rooms.join(socket, room));
        presence = Presence.HERE;
    }

    /** Does what was postponed; what comes up by that is done after it. */
    void catchUp() {
        for (var next = nextPostponed(); next != null; next = nextPostponed()) {
            next.run();
        }
        waitNoLonger();
    }

    private @Nullable Runnable nextPostponed() {
        return postponed == null ? null : postponed.poll();
    }

    private void waitNoLonger() {
        postponed = null;
        var shard = connection.shard();
        shard.rooms(namespace).arrived(socket);
        shard.forgetIfEmpty(namespace);
    }

    /** Keeps an event until it is known to have arrived. */
    void keep(Outgoing outgoing) {
        if (log != null && outgoing.offset() != null && presence != Presence.GONE) {
            log.add(outgoing, isHere() && connection.session().isOpen());
        }
    }

    /** A ping follows all that was sent. */
    void pinged() {
        if (log != null) {
            log.pinged();
        }
    }

    /** The pong to that ping arrived. */
    void ponged() {
        if (log != null) {
            log.ponged();
        }
    }

    /** The client is not there any more. */
    void end(boolean mayComeBack) {
        if (log != null && mayComeBack) {
            suspend();
        } else {
            forget();
        }
    }

    /** The client is away and may come back. */
    void suspend() {
        var recovery = socket.context().recovery();
        if (recovery == null || log == null) {
            throw new IllegalStateException("nobody comes back to " + socket);
        }
        presence = Presence.AWAY;
        var shard = connection.shard();
        shard.rooms(namespace).tellLeft(socket);
        tooLate = shard.deadlines().create(now -> forget());
        tooLate.set(shard.deadlineAfter(recovery.settings().maxDisconnectionDuration()));
        recovery.suspended(socket, log.pid());
    }

    /** It ends for good. */
    void forget() {
        var was = presence;
        if (was == Presence.GONE) {
            return;
        }
        presence = Presence.GONE;
        if (was == Presence.COMING) {
            waitNoLonger();
        } else {
            leaveRooms(was == Presence.AWAY);
        }
        if (tooLate != null) {
            tooLate.set(Long.MAX_VALUE);
        }
        var recovery = socket.context().recovery();
        if (log != null && recovery != null) {
            log.clear();
            recovery.remove(socket, log.pid());
        }
        if (was != Presence.COMING) {
            socket.context().namespaces().leave(namespace);
        }
    }

    /** One that is away must not come back any more. */
    void forgetAway() {
        if (isAway()) {
            forget();
        }
    }

    private void leaveRooms(boolean silently) {
        var shard = connection.shard();
        if (silently) {
            shard.rooms(namespace).forget(socket);
        } else {
            shard.rooms(namespace).remove(socket);
        }
        shard.forgetIfEmpty(namespace);
    }

    /** The rooms of one that is away. */
    Set<String> awayFrom() {
        return presence == Presence.AWAY ? connection.shard().rooms(namespace).of(socket) : Set.of();
    }

    /** What the client missed that has got all up to the offset; null if that is not known. */
    @Nullable
    List<Outgoing> missed(@Nullable String offset) {
        return presence != Presence.GONE && log != null ? log.after(offset) : null;
    }

    /** Who claimed it cannot have it: somebody else may. */
    void unclaim() {
        var recovery = socket.context().recovery();
        if (recovery == null || log == null || presence == Presence.GONE) {
            return;
        }
        recovery.add(socket, log.pid());
        if (isAway()) {
            recovery.suspended(socket, log.pid());
        }
    }

    private enum Presence {
        COMING,
        HERE,
        AWAY,
        GONE
    }
}
