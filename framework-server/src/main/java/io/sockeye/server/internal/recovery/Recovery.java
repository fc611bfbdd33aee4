package io.sockeye.server.internal.recovery;

import io.sockeye.json.JsonValue;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.Handshake;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.SessionClaim;
import io.sockeye.server.adapter.SharedRecovery;
import io.sockeye.server.internal.context.CallOrder;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.context.ServerLoop;
import io.sockeye.server.internal.rooms.Loops;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.RecoveryState;
import io.sockeye.server.internal.socket.SessionKeeper;
import io.sockeye.server.internal.socket.SocketSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The sessions of one server that clients may come back to, and what they may have missed. Any thread. */
public final class Recovery implements CallOrder, SessionKeeper {
    private static final Duration LIFE = Duration.ofDays(36_500);
    /** What {@code auth} says of a session. */
    private static final Set<String> MEMBERS = Set.of("pid", "offset");

    private final ConnectionStateRecovery settings;
    private final ServerContext context;
    private final EventLog log;
    private final LogDeliveries deliveries;
    private final LogOrder order;
    private final ParkedSessions sessions;
    /** Null unless servers of a cluster share the log and the sessions. */
    private final @Nullable SessionExchange exchange;

    /** @param shared what the servers of a cluster share; null if nothing */
    public Recovery(
            ConnectionStateRecovery settings, ServerContext context, Loops loops, @Nullable SharedRecovery shared) {
        this.settings = settings;
        this.context = context;
        long awayMillis = awayMillis(settings.maxDisconnectionDuration());
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
        this.deliveries = new LogDeliveries(loops);
        var parts = new LogParts(context, loops, log, deliveries);
        if (shared == null) {
            this.order = new OwnOrder(parts);
            this.exchange = null;
        } else {
            var limits = new LogFollower.Limits(shared.timeout(), settings.maxPackets(), maxBytes, budget);
            this.order = new ClusterOrder(parts, shared.log(), limits);
            this.exchange = new SessionExchange(shared, this, context, Duration.ofMillis(awayMillis));
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

    /** The server runs: what the log says is done on these loops. */
    public void start(List<LogDelivery> loops) {
        deliveries.start(loops);
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
    public LogOrder order() {
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
    @Override
    public void run(ServerLoop loop, Runnable task) {
        order.behind(() -> loop.post(task));
    }

    @Override
    public void run(ServerLoop loop, LongConsumer task) {
        order.behind(() -> {
            long end = log.end();
            loop.post(() -> task.accept(end));
        });
    }

    @Override
    public void sendTo(LocalSocket socket, SocketPacket.Event event, Flags flags) {
        order.sendTo(socket, event, flags);
    }

    @Override
    public long lastNumber() {
        return log.end();
    }

    @Override
    public long done(ServerLoop loop) {
        return deliveries.on(loop).done(log);
    }

    @Override
    public void leaves(SocketSession session) {
        if (exchange != null && session.state() != null) {
            exchange.stored().leaves(session, session.state().pid());
        }
    }

    @Override
    public void handled(SocketSession session) {
        if (exchange != null && session.state() != null) {
            exchange.stored().handled(session, session.state().pid());
        }
    }

    @Override
    public void reach(RecoveryState state, long number, Consumer<LocalSocket> action, Runnable absent) {
        sessions.locate(
                state.pid(),
                socket -> socket.connection().loop().post(() -> {
                    if (!socket.connected()) {
                        reach(state, number, action, absent);
                    } else if (socket.follows(number)) {
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

    @Override
    public void park(SocketSession left, Set<String> rooms, long position) {
        var session = new ParkedSession(left, rooms, Objects.requireNonNull(left.state()), position);
        var stored = exchange == null ? null : exchange.stored().of(session);
        if (exchange == null || stored == null) {
            parkHere(session);
            return;
        }
        exchange.park(stored, () -> release(session), () -> parkHere(session));
        sessions.leaves(session.pid());
    }

    /** Also where the client wanted to come back. */
    @Override
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
        long now = context.nowMillis();
        sessions.expire(now, this::release);
        log.trim(now);
        order.expire();
        clearIfEmpty();
    }

    private void parkHere(ParkedSession session) {
        sessions.park(session, context.nowMillis()).forEach(this::release);
    }

    private void release(ParkedSession session) {
        session.namespace().leave();
    }
}
