package io.sockeye.server;

import io.sockeye.socket.SocketPacket;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The sessions of one server that clients may come back to, and what they may have missed. Any thread. */
final class Recovery {
    private final ConnectionStateRecovery settings;
    private final ServerContext context;
    private final Offsets offsets;
    private final EventLog log;
    private final ParkedSessions sessions;
    /** Null unless servers of a cluster share the log. */
    private final @Nullable LogFollower follower;
    /** Null unless servers of a cluster share the sessions. */
    private final @Nullable SessionExchange exchange;

    /** @param shared what the servers of a cluster share; null if nothing */
    Recovery(ConnectionStateRecovery settings, ServerContext context, @Nullable SharedRecovery shared) {
        this.settings = settings;
        this.context = context;
        this.offsets = new Offsets(context.random());
        long awayMillis = settings.maxDisconnectionMillis();
        // What a client has got is known by its pongs. The last one was to an earlier ping: from that to the one after
        // which the
        // connection ends without a pong, what was sent may be asked for when the client is back.
        long heartbeatMillis =
                context.engine().pingIntervalMillis() + 2 * context.engine().pingTimeoutMillis();
        var budget = context.memory().out();
        long maxBytes = Math.min(settings.maxBytes(), budget.limitBytes() / 4);
        this.log = new EventLog(settings.maxPackets(), maxBytes, awayMillis + heartbeatMillis, budget);
        this.sessions = new ParkedSessions(
                settings.maxSessions(), awayMillis, context.memory().in());
        this.follower = shared == null ? null : follower(shared);
        this.exchange =
                shared == null ? null : new SessionExchange(shared, this, context, Duration.ofMillis(awayMillis));
    }

    private LogFollower follower(SharedRecovery shared) {
        var limits = new LogFollower.Limits(shared.timeout(), settings.maxPackets(), settings.maxBytes());
        return new LogFollower(shared.log(), new SharedDelivery(), limits, context::nowMillis);
    }

    /** Begins to follow the log of the cluster, if there is one. */
    void start() {
        if (follower != null) {
            follower.start();
        }
    }

    /** Runs a task once what was logged before this server began is behind it, so that nobody new is sent that. */
    void whenBegun(Runnable task) {
        if (follower == null) {
            task.run();
        } else {
            follower.whenBegun(task);
        }
    }

    /** Sessions are not given back here any more. */
    void close() {
        if (exchange != null) {
            exchange.close();
        }
    }

    /** Whether the servers of a cluster share the log and the sessions. */
    boolean isShared() {
        return follower != null;
    }

    /** Null unless servers of a cluster share the sessions. */
    @Nullable
    SessionExchange exchange() {
        return exchange;
    }

    ConnectionStateRecovery settings() {
        return settings;
    }

    EventLog log() {
        return log;
    }

    ParkedSessions sessions() {
        return sessions;
    }

    /** How much waits for the log of the cluster. */
    int unlogged() {
        return follower == null ? 0 : follower.size();
    }

    private long nowMillis() {
        return context.nowMillis();
    }

    String offset(long number) {
        return offsets.of(number);
    }

    /** The number that an offset stands for; negative if it is none of this server's. */
    long number(@Nullable String offset) {
        if (offset != null && follower != null) {
            return log.number(offset);
        }
        return offsets.number(offset);
    }

    /** What a client says of the last event that it got. */
    RecoveryState.Offset named(@Nullable String offset) {
        return new RecoveryState.Offset(offset, number(offset));
    }

    /** Whether the session can be given back: it is of that namespace, and it is known what its client has missed. */
    boolean fits(SessionClaim wish, String namespace, RecoveryState state) {
        return namespace.equals(wish.namespace()) && state.knows(named(wish.offset()));
    }

    /** What clients are told of an event of the log; null if it is not known any more. */
    private @Nullable String offsetOf(long number) {
        return follower == null ? offset(number) : log.offset(number);
    }

    /** Sends an event to the sockets that are meant, and to those whose client comes back. */
    void send(Namespace namespace, SocketPacket.Event event, Target target, Flags flags) {
        if (follower == null) {
            log.append(
                    nowMillis(),
                    number -> new LogEntry.Sent(
                            namespace.name(), target, Outgoing.logged(event, flags, context, offset(number))),
                    this::deliverEverywhere);
            return;
        }
        var emitted = new ClusterLog.Emitted(namespace.name(), target, event.arguments(), flags.compress());
        follower.append(
                emitted,
                () -> { // It is not in the log: it is sent on this server alone.
                    var outgoing = Outgoing.of(emitted.event(), emitted.flags(), context);
                    postEverywhere(emitted, socket -> socket.deliver(outgoing));
                });
    }

    /** Sends an event to one socket, or to the one that its client has when it comes back. */
    void sendTo(Socket socket, SocketPacket.Event event, Flags flags) {
        if (follower != null) {
            send(socket.namespace(), event, Target.ALL.to(Set.of(socket.id())), flags);
            return;
        }
        log.append(
                nowMillis(),
                number -> new LogEntry.SentToOne(
                        socket.namespace().name(), socket.id(), Outgoing.logged(event, flags, context, offset(number))),
                (number, entry) -> {
                    if (socket.connected()) {
                        socket.connection().shard().log().post(number, entry);
                    } else {
                        deliverEverywhere(number, entry); // Where its client is, if it came back.
                    }
                });
    }

    /** Does something to the sockets that are meant, and to those whose client comes back. */
    void steer(ClusterLog.Entry what) {
        var steering = new LogEntry.Steering(what);
        if (follower == null) {
            log.append(nowMillis(), number -> steering, this::deliverEverywhere);
        } else {
            follower.append(what, () -> postEverywhere(what, steering::applyTo));
        }
    }

    private void postEverywhere(ClusterLog.Entry entry, Consumer<Socket> action) {
        context.shards().forEach(shard -> shard.post(() -> shard.forEach(entry.namespace(), entry.target(), action)));
    }

    /** Posts a task to a loop behind what was logged here before. */
    void post(Shard shard, Runnable task) {
        if (follower == null) {
            shard.post(task);
        } else {
            follower.afterAppended(() -> shard.post(task));
        }
    }

    /** The same for a task that is told the last number that was drawn before it; see {@link Membership#follows}. */
    void post(Shard shard, LongConsumer task) {
        if (follower == null) {
            postFollowing(shard, task);
        } else {
            follower.afterAppended(() -> postFollowing(shard, task));
        }
    }

    private void postFollowing(Shard shard, LongConsumer task) {
        long end = log.end();
        shard.post(() -> task.accept(end));
    }

    private void deliverEverywhere(long number, LogEntry entry) {
        for (var shard : context.shards()) {
            shard.log().post(number, entry);
        }
    }

    /** Takes what was read in the log of the cluster into this server's. */
    private final class SharedDelivery implements LogFollower.Delivery {
        @Override
        public boolean begin(String offset) {
            return log.goesOn(
                    offset,
                    number -> context.shards().forEach(shard -> shard.log().postGap(number)));
        }

        @Override
        public void deliver(String offset, ClusterLog.Entry entry) {
            log.append(nowMillis(), offset, LogEntry.of(entry, offset, context), Recovery.this::deliverEverywhere);
        }

        @Override
        public void report(Throwable failure) {
            context.calls().report(failure, "log of the cluster");
        }
    }

    /**
     * Does something to the socket that a client has at present, on that socket's loop.
     *
     * @param number of the log that it follows
     * @param absent is run if the client is not there, or was not in its place; any thread
     */
    void reach(RecoveryState state, long number, Consumer<Socket> action, Runnable absent) {
        sessions.locate(
                state.pid(),
                socket -> socket.connection().shard().post(() -> {
                    if (!socket.connected()) {
                        reach(state, number, action, absent);
                    } else if (socket.membership().follows(number)) {
                        action.accept(socket);
                    } else {
                        absent.run();
                    }
                }),
                absent);
    }

    /** On the loop of a socket, before anybody can know it: its session begins. */
    void begin(Socket socket, RecoveryState state) {
        sessions.live(socket, state);
        state.begin(log.end());
    }

    /** On the loop where the client is back: how the session goes on; null if it cannot. */
    ParkedSession.@Nullable Return resume(ParkedSession session, @Nullable String offset) {
        var named = named(offset);
        long heard = session.state().missedAfter(named, session.position());
        var found = heard < 0 ? null : session.comeBack(log, heard);
        if (found == null) {
            return null;
        }
        var last = found.last() == 0 ? null : offsetOf(found.last());
        if (last == null && found.last() > 0) {
            return null; // The log has just forgotten all of that.
        }
        session.state().returned(named, heard);
        session.state().goOn(found.end(), last);
        return found;
    }

    /** On the loop of the session's socket: the client is away. */
    void park(ParkedSession session) {
        var stored = exchange == null ? null : exchange.stored().of(session);
        if (exchange == null || stored == null) {
            parkHere(session);
            return;
        }
        exchange.park(stored, () -> release(session), () -> parkHere(session));
        sessions.end(session.pid());
    }

    /** On the loop of the session's socket, or where the client wanted to come back: it ends for good. */
    void end(RecoveryState state) {
        sessions.end(state.pid());
        clearIfEmpty();
    }

    private void clearIfEmpty() {
        if (follower == null) {
            sessions.ifEmpty(log::clear);
        }
    }

    /** Forgets what is too old. Called again and again. */
    void expire() {
        long now = nowMillis();
        sessions.expire(now, this::release);
        log.trim(now);
        if (follower != null) {
            follower.expire();
        }
        clearIfEmpty();
    }

    private void parkHere(ParkedSession session) {
        sessions.park(session, nowMillis()).forEach(this::release);
    }

    private void release(ParkedSession session) {
        context.namespaces().leave(session.namespace());
    }
}
