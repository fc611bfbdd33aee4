package io.sockeye.server.internal.socket;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.namespace.LocalNamespace;
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
    private final LocalNamespace namespace;
    private final ConnectionSockets connection;
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
    Membership(LocalSocket socket, SocketSession session, ConnectionSockets connection, Set<String> rooms) {
        this.socket = socket;
        this.session = session;
        this.connection = connection;
        this.namespace = session.namespace();
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
    private @Nullable SessionKeeper keeper() {
        return state == null ? null : connection.keeper();
    }

    /** Whether the client can come back at other servers. */
    private boolean isShared() {
        var order = namespace.order();
        return state != null && order != null && order.isShared();
    }

    /**
     * Does something on the loop, in the order of the calls of each thread: to this socket, or to the one that its client
     * has since it came back.
     *
     * @param absent is run if the client is not there; any thread
     */
    void act(Consumer<LocalSocket> action, Runnable absent) {
        var keeper = keeper();
        if (keeper != null && state != null) {
            actOrReach(keeper, state, action, absent);
        } else if (!connected) {
            absent.run();
        } else {
            connection.loop().inCallOrder(() -> actIf(connected, action, absent));
        }
    }

    private void actIf(boolean present, Consumer<LocalSocket> action, Runnable absent) {
        if (present) {
            action.accept(socket);
        } else {
            absent.run();
        }
    }

    private void actOrReach(SessionKeeper keeper, RecoveryState known, Consumer<LocalSocket> action, Runnable absent) {
        if (!connected) {
            keeper.reach(known, keeper.lastNumber(), action, absent);
            return;
        }
        connection.loop().inCallOrder(end -> {
            if (connected) {
                actIf(follows(end), action, absent);
            } else {
                keeper.reach(known, end, action, absent);
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
        var keeper = keeper();
        if (keeper != null && !flags.droppable()) {
            keeper.sendTo(socket, event, flags);
        } else {
            deliverSoon(Outgoing.of(event, flags, namespace.context()));
        }
    }

    private void deliverSoon(Outgoing outgoing) {
        if (namespace.order() != null) {
            act(present -> present.deliver(outgoing), () -> {});
        } else if (connected) {
            connection.loop().send(outgoing, () -> socket.deliver(outgoing)); // It looks whether the client is there.
        }
    }

    /** Says goodbye to the client, which must not come back. */
    void disconnect(boolean close) {
        var ended = new ClusterLog.Ended(namespace.name(), itself(), close);
        if (!connected) {
            later(ended);
            return;
        }
        connection.loop().inCallOrder(() -> {
            if (connected) {
                change(ended);
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
        var order = namespace.order();
        if (order != null && mayComeBack) {
            order.change(what);
        }
    }

    /** On the loop: the socket is about to end. Its namespace stays until {@link #handled}. */
    void leaves() {
        // Its handlers may want to tell the others there.
        namespace.enterAgain();
        var keeper = keeper();
        if (keeper != null) {
            keeper.leaves(session);
        }
    }

    /** In the usual mailbox: all handlers of the disconnection are through. */
    void handled() {
        namespace.leave();
        var keeper = keeper();
        if (keeper != null) {
            keeper.handled(session);
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

    /** On the loop: the socket joins or leaves rooms, or ends, as the entry says. */
    void change(ClusterLog.Entry entry) {
        if (entry instanceof ClusterLog.Moved moved) {
            moved.rooms().forEach(room -> rooms.set(room, moved.joins()));
        } else if (((ClusterLog.Ended) entry).close()) {
            socket.ending().leaveAllNamespaces();
        } else {
            socket.ending().leaveNamespace();
        }
    }

    /** On the loop: a ping follows all that was sent. */
    public void pinged() {
        var keeper = keeper();
        if (keeper != null && state != null) {
            state.pinged(done(keeper, state));
        }
    }

    /** On the loop: the pong to that ping arrived. */
    public void ponged() {
        if (state != null) {
            state.ponged();
        }
    }

    /** On the loop: up to which number of the log all that concerns the socket is done. */
    private long done(SessionKeeper keeper, RecoveryState state) {
        return Math.max(keeper.done(connection.loop()), state.from());
    }

    /** On the loop: the client is not there any more. Once its last handlers are posted, {@link #ended} follows. */
    public void end(DisconnectReason reason) {
        session.mailboxes().leave();
        var keeper = keeper();
        boolean goesElsewhere = reason == DisconnectReason.SERVER_SHUTTING_DOWN && isShared();
        boolean recoverable = DisconnectReasons.isRecoverable(reason) || goesElsewhere;
        mayComeBack = recoverable && keeper != null;
        connected = false;
        var left = rooms.close();
        if (keeper != null && state != null && recoverable) {
            // The session stays a member of the namespace. Nobody may hear that it left after it came back.
            long position = done(keeper, state);
            parking = () -> keeper.park(session, left, position);
            leaveAll();
            return;
        }
        leaveAll();
        if (keeper != null && state != null) {
            keeper.end(state);
        }
        namespace.leave();
    }

    /** Goes on later if the rooms are very many, and no other server waits for it. */
    private void leaveAll() {
        var present = namespace.rooms(connection.rooms());
        if (isShared()) {
            present.remove(socket);
            parkIfReady();
        } else {
            present.removeInSteps(socket, this::parkIfReady);
        }
        connection.rooms().forgetIfEmpty(namespace.name());
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
