package io.sockeye.server.internal.recovery;

import io.sockeye.json.JsonValue;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.Handshake;
import io.sockeye.server.SessionClaim;
import io.sockeye.server.SharedRecovery;
import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.server.ServerCore;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.Membership;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The sessions of one server that clients may come back to, and what they may have missed. Any thread. */
public final class Recovery {
    private static final Duration LIFE = Duration.ofDays(36_500);
    /** What {@code auth} says of a session. */
    private static final Set<String> MEMBERS = Set.of("pid", "offset");

    private final ConnectionStateRecovery settings;
    private final ServerCore core;
    private final EventLog log;
    private final EventOrder order;
    private final ParkedSessions sessions;
    /** Null unless servers of a cluster share the log and the sessions. */
    private final @Nullable SessionExchange exchange;

    /** @param shared what the servers of a cluster share; null if nothing */
    public Recovery(ConnectionStateRecovery settings, ServerCore core, @Nullable SharedRecovery shared) {
        this.settings = settings;
        this.core = core;
        long awayMillis = awayMillis(settings.maxDisconnectionDuration());
        // What a client has got is known by its pongs. The last one was to an earlier ping: from that to the one after
        // which the
        // connection ends without a pong, what was sent may be asked for when the client is back.
        long heartbeatMillis = core.context().engine().pingIntervalMillis()
                + 2 * core.context().engine().pingTimeoutMillis();
        var budget = core.context().memory().out();
        long maxBytes = Math.min(settings.maxBytes(), budget.limitBytes() / 4);
        this.log = new EventLog(settings.maxPackets(), maxBytes, awayMillis + heartbeatMillis, budget);
        this.sessions = new ParkedSessions(
                settings.maxSessions(), awayMillis, core.context().memory().in());
        if (shared == null) {
            this.order = new OwnOrder(core, log);
            this.exchange = null;
        } else {
            var limits = new LogFollower.Limits(shared.timeout(), settings.maxPackets(), maxBytes, budget);
            this.order = new ClusterOrder(core, log, shared, limits);
            this.exchange = new SessionExchange(shared, this, core, Duration.ofMillis(awayMillis));
        }
    }

    /** The time, or a life, whose milliseconds can be added up. */
    private static long awayMillis(Duration longest) {
        return (longest.compareTo(LIFE) > 0 ? LIFE : longest).toMillis();
    }

    /** Which session a client wants back that introduces itself in that way; null if it wants none. */
    public static @Nullable SessionClaim claim(String namespace, Handshake handshake) {
        var auth = handshake.auth().fields(MEMBERS);
        var secret = auth.get("pid");
        var pid = secret == null ? null : secret.text();
        var last = auth.get("offset");
        var offset = last == null ? null : last.text();
        boolean fits = last == null || last.kind() == JsonValue.Kind.NULL || offset != null;
        return fits && pid != null ? new SessionClaim(pid, namespace, offset) : null;
    }

    /** Sessions are not given back here any more. */
    public void close() {
        if (exchange != null) {
            exchange.close();
        }
    }

    /** Whether the servers of a cluster share the log and the sessions. */
    public boolean isShared() {
        return exchange != null;
    }

    /** Null unless the servers of a cluster share the log and the sessions. */
    @Nullable
    public SessionExchange exchange() {
        return exchange;
    }

    public ConnectionStateRecovery settings() {
        return settings;
    }

    /** What clients may have missed. */
    public EventLog log() {
        return log;
    }

    /** In which what is sent, and what is done to many sockets, takes effect. */
    public EventOrder order() {
        return order;
    }

    public ParkedSessions sessions() {
        return sessions;
    }

    /** What a client says of the last event that it got. */
    RecoveryState.Offset named(@Nullable String offset) {
        return new RecoveryState.Offset(offset, order.number(offset));
    }

    /** Whether the session can be given back: it is of that namespace, and it is known what its client has missed. */
    public boolean fits(SessionClaim wish, String namespace, RecoveryState state) {
        return namespace.equals(wish.namespace()) && state.knows(named(wish.offset()));
    }

    /** Posts a task to a loop behind what was logged here before. */
    public void post(Shard shard, Runnable task) {
        order.behind(() -> shard.post(task));
    }

    /** The same for a task that is told the last number that was drawn before it; see {@link Membership#follows}. */
    public void post(Shard shard, LongConsumer task) {
        order.behind(() -> {
            long end = log.end();
            shard.post(() -> task.accept(end));
        });
    }

    /**
     * Does something to the socket that a client has at present, on that socket's loop.
     *
     * @param number of the log that it follows
     * @param absent is run if the client is not there, or was not in its place; any thread
     */
    public void reach(RecoveryState state, long number, Consumer<LocalSocket> action, Runnable absent) {
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
    public void begin(LocalSocket socket, RecoveryState state) {
        sessions.live(socket, state);
        state.begin(log.end());
    }

    /** On the loop where the client is back: how the session goes on; null if it cannot. */
    public ParkedSession.@Nullable Return resume(ParkedSession session, @Nullable String offset) {
        var named = named(offset);
        long heard = session.state().missedAfter(named, session.position());
        var found = heard < 0 ? null : session.comeBack(log, heard);
        if (found == null) {
            return null;
        }
        var last = found.last() == 0 ? null : order.offset(found.last());
        if (last == null && found.last() > 0) {
            return null; // The log has just forgotten all of that.
        }
        session.state().returned(named, heard);
        session.state().goOn(found.end(), last);
        return found;
    }

    /** On the loop of the session's socket: the client is away. */
    public void park(ParkedSession session) {
        var stored = exchange == null ? null : exchange.stored().of(session);
        if (exchange == null || stored == null) {
            parkHere(session);
            return;
        }
        exchange.park(stored, () -> release(session), () -> parkHere(session));
        sessions.leaves(session.pid());
    }

    /** On the loop of the session's socket, or where the client wanted to come back: it ends for good. */
    public void end(RecoveryState state) {
        sessions.end(state.pid());
        clearIfEmpty();
    }

    private void clearIfEmpty() {
        if (exchange == null) { // Else they may come from other servers.
            sessions.ifEmpty(log::clear);
        }
    }

    /** Forgets what is too old. Called again and again. */
    public void expire() {
        long now = core.context().nowMillis();
        sessions.expire(now, this::release);
        log.trim(now);
        order.expire();
        clearIfEmpty();
    }

    private void parkHere(ParkedSession session) {
        sessions.park(session, core.context().nowMillis()).forEach(this::release);
    }

    private void release(ParkedSession session) {
        core.namespaces().leave(session.namespace());
    }
}
