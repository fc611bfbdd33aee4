package io.sockeye.server.internal.socket;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ClusterLog;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.Flags;
import io.sockeye.server.Target;
import io.sockeye.server.internal.connection.Connection;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.recovery.LogEntry;
import io.sockeye.server.internal.recovery.ParkedSession;
import io.sockeye.server.internal.recovery.Recovery;
import io.sockeye.server.internal.recovery.RecoveryState;
import io.sockeye.server.internal.recovery.SessionExchange;
import io.sockeye.server.internal.server.ServerCore;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket's standing in its namespace: whether its client is there, what of the log was done to it, and what becomes of
 * its session when the client is gone. Any thread, unless a method says that it runs on the loop.
 */
public final class Membership {
    private final LocalSocket socket;
    private final SocketSession session;
    private final Connection connection;
    private final ServerCore core;
    private final SocketRooms rooms;
    /** Null if the client cannot come back. */
    private final @Nullable RecoveryState state;
    /** Whether the client is there; written on the loop only. */
    private volatile boolean connected = true;
    /** Whether the client may have another socket of the session later. */
    private volatile boolean mayComeBack;
    /** Lets the client come back; null unless it may. Owned by the loop. */
    private @Nullable Runnable parking;
    /** What has to be before that: the socket has left its rooms, and its last handlers are posted. Owned by the loop. */
    private int stepsToParking = 2;

    /** @param rooms in which the socket is from the beginning */
    Membership(LocalSocket socket, SocketSession session, Connection connection, Set<String> rooms) {
        this.socket = socket;
        this.session = session;
        this.connection = connection;
        this.core = session.namespace().core();
        this.rooms = new SocketRooms(socket, connection, this, rooms);
        this.state = session.state();
    }

    boolean connected() {
        return connected;
    }

    public SocketRooms rooms() {
        return rooms;
    }

    /** Whether the client may have another socket of the session later; known once this one has ended. */
    boolean mayComeBack() {
        return mayComeBack;
    }

    /** Null if the client cannot come back. */
    private @Nullable Recovery recovery() {
        return state == null ? null : core.recovery();
    }

    /** Null unless the client can come back at other servers. */
    private @Nullable SessionExchange exchange() {
        var recovery = recovery();
        return recovery == null ? null : recovery.exchange();
    }

    /**
     * Does something on the loop, in the order of the calls of each thread: to this socket, or to the one that its client
     * has since it came back.
     *
     * @param absent is run if the client is not there; any thread
     */
    void act(Consumer<LocalSocket> action, Runnable absent) {
        var recovery = recovery();
        if (recovery != null && state != null) {
            actOrReach(recovery, state, action, absent);
        } else if (!connected) {
            absent.run();
        } else {
            connection.shard().inCallOrder(() -> actIf(connected, action, absent));
        }
    }

    private void actIf(boolean present, Consumer<LocalSocket> action, Runnable absent) {
        if (present) {
            action.accept(socket);
        } else {
            absent.run();
        }
    }

    private void actOrReach(Recovery recovery, RecoveryState known, Consumer<LocalSocket> action, Runnable absent) {
        if (!connected) {
            recovery.reach(known, recovery.log().end(), action, absent);
            return;
        }
        recovery.post(connection.shard(), end -> {
            if (connected) {
                actIf(follows(end), action, absent);
            } else {
                recovery.reach(known, end, action, absent);
            }
        });
    }

    /**
     * On the loop: whether something that is not logged, and follows this number of the log, comes in its place here. If the
     * client came back meanwhile, what is logged behind it was sent already: it was away then, and does not get the rest.
     */
    public boolean follows(long number) {
        return state == null || number >= state.from();
    }

    /** Sends an event; with recovery, also to a client that comes back. */
    void emit(SocketPacket.Event event, Flags flags) {
        var recovery = recovery();
        if (recovery != null && !flags.droppable()) {
            recovery.order().sendTo(socket, event, flags);
        } else {
            deliverSoon(Outgoing.of(event, flags, core.context()));
        }
    }

    private void deliverSoon(Outgoing outgoing) {
        if (core.recovery() != null) {
            act(present -> present.deliver(outgoing), () -> {});
        } else if (connected) {
            connection.shard().send(outgoing, () -> socket.deliver(outgoing)); // It looks whether the client is there.
        }
    }

    /** Says goodbye to the client, which must not come back. */
    void disconnect(boolean close) {
        var ended = new ClusterLog.Ended(session.namespace().name(), itself(), close);
        if (!connected) {
            later(ended);
            return;
        }
        connection.shard().inCallOrder(() -> {
            if (connected) {
                new LogEntry.SocketChange(ended).applyTo(socket);
            } else {
                later(ended);
            }
        });
    }

    /** This socket alone. */
    Target itself() {
        return Target.ALL.to(Set.of(session.id()));
    }

    /** The client is gone: does something to the socket that it has, or has later, where it came back. */
    void later(ClusterLog.Entry what) {
        var recovery = recovery();
        if (recovery != null && mayComeBack) {
            recovery.order().steer(what);
        }
    }

    /** On the loop: the socket is about to end. Its namespace stays until {@link #handled}. */
    void leaves() {
        // Its handlers may want to tell the others there.
        core.namespaces().enter(session.namespace().name());
        var exchange = exchange();
        if (exchange != null && state != null) {
            exchange.stored().leaves(session, state.pid());
        }
    }

    /** In the usual mailbox: all handlers of the disconnection are through. */
    void handled() {
        core.namespaces().leave(session.namespace());
        var exchange = exchange();
        if (exchange != null && state != null) {
            exchange.stored().handled(session, state.pid());
        }
    }

    /** On the loop: whether what has that number in the log should be done to the socket later than it began. */
    public boolean notYetApplied(long number) {
        return state == null || number > state.from();
    }

    /** On the loop: sends an event of the log, unless it was sent when the client came back. */
    public void deliver(long number, Outgoing outgoing) {
        if (state == null) {
            socket.deliver(outgoing);
        } else if (notYetApplied(number)) {
            state.sends(
                    Objects.requireNonNull(outgoing.offset())); // Before: the socket may end since it cannot take that.
            socket.deliver(outgoing);
        }
    }

    /** On the loop: what the log says is done, unless that was done when the client came back. */
    public void steer(long number, LogEntry.SocketChange steering) {
        if (notYetApplied(number)) {
            steering.applyTo(socket);
        }
    }

    /** On the loop: a ping follows all that was sent. */
    public void pinged() {
        var recovery = recovery();
        if (recovery != null && state != null) {
            state.pinged(done(recovery, state));
        }
    }

    /** On the loop: the pong to that ping arrived. */
    public void ponged() {
        if (state != null) {
            state.ponged();
        }
    }

    /** On the loop: up to which number of the log all that concerns the socket is done. */
    private long done(Recovery recovery, RecoveryState state) {
        return Math.max(connection.shard().log().done(recovery.log()), state.from());
    }

    /** On the loop: the client is not there any more. Once its last handlers are posted, {@link #ended} follows. */
    public void end(DisconnectReason reason) {
        session.mailboxes().leave();
        var recovery = recovery();
        boolean goesElsewhere =
                reason == DisconnectReason.SERVER_SHUTTING_DOWN && recovery != null && recovery.isShared();
        boolean recoverable = DisconnectReasons.isRecoverable(reason) || goesElsewhere;
        mayComeBack = recoverable && recovery != null;
        connected = false;
        var left = rooms.close();
        if (recovery != null && state != null && recoverable) {
            // The session stays a member of the namespace. Nobody may hear that it left after it came back.
            var parked = new ParkedSession(session, left, state, done(recovery, state));
            parking = () -> recovery.park(parked);
            leaveAll();
            return;
        }
        leaveAll();
        if (recovery != null && state != null) {
            recovery.end(state);
        }
        core.namespaces().leave(session.namespace());
    }

    /** Goes on later if the rooms are very many, and no other server waits for it. */
    private void leaveAll() {
        var shard = connection.shard();
        var present = shard.rooms(session.namespace());
        if (exchange() == null) {
            present.removeInSteps(socket, this::parkIfReady);
        } else {
            present.remove(socket);
            parkIfReady();
        }
        shard.forgetIfEmpty(session.namespace());
    }

    /** On the loop: the last handlers of the socket are posted. Those of the next one come behind them, so that it may begin. */
    public void ended() {
        parkIfReady();
    }

    private void parkIfReady() {
        stepsToParking--;
        if (stepsToParking == 0 && parking != null) {
            parking.run();
        }
    }
}
