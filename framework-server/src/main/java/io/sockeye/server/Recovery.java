package io.sockeye.server;

import io.sockeye.server.netty.Sid;
import io.sockeye.socket.SocketPacket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sessions of one server that clients may come back to, and what they may have missed. Any thread. */
final class Recovery {
    private static final int RADIX = 36;

    private final ConnectionStateRecovery settings;
    private final ServerContext context;
    /** Tells the offsets of this server from those of others and from texts of the application. */
    private final String prefix;

    private final EventLog log;
    private final ParkedSessions sessions;

    Recovery(ConnectionStateRecovery settings, ServerContext context) {
        this.settings = settings;
        this.context = context;
        this.prefix = Sid.random(context.random()).substring(0, 8) + ".";
        long awayMillis = settings.maxDisconnectionMillis();
        // What a client has got is known by its pongs, so that something sent may be asked for that much later.
        long heartbeatMillis =
                context.engine().pingIntervalMillis() + context.engine().pingTimeoutMillis();
        this.log = new EventLog(settings.maxPackets(), settings.maxBytes(), awayMillis + heartbeatMillis);
        this.sessions = new ParkedSessions(settings.maxSessions(), awayMillis);
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

    private long nowMillis() {
        return context.nowMillis();
    }

    String offset(long number) {
        return prefix + Long.toString(number, RADIX);
    }

    /** The number that an offset stands for; negative if it is none of this server's. */
    long number(@Nullable String offset) {
        if (offset == null || !offset.startsWith(prefix)) {
            return -1;
        }
        try {
            return Long.parseLong(offset.substring(prefix.length()), RADIX);
        } catch (NumberFormatException e) {
            return -1; // The application's own text, or made up by the client.
        }
    }

    /** Sends an event to the sockets that are meant, and to those whose client comes back. */
    void send(Namespace namespace, SocketPacket.Event event, Target target, Flags flags) {
        log.append(
                nowMillis(),
                number -> new LogEntry.Sent(namespace, target, Outgoing.logged(event, flags, context, offset(number))),
                this::deliverEverywhere);
    }

    /** Sends an event to one socket, or to the one that its client has when it comes back. */
    void sendTo(Socket socket, SocketPacket.Event event, Flags flags) {
        log.append(
                nowMillis(),
                number -> new LogEntry.SentToOne(
                        socket.namespace(), socket.id(), Outgoing.logged(event, flags, context, offset(number))),
                (number, entry) -> {
                    if (socket.connected()) {
                        socket.connection().shard().post(number, entry);
                    } else {
                        deliverEverywhere(number, entry); // Where its client is, if it came back.
                    }
                });
    }

    /** Does something to the sockets that are meant, and to those whose client comes back. */
    void steer(LogEntry.Steering what) {
        log.append(nowMillis(), number -> what, this::deliverEverywhere);
    }

    private void deliverEverywhere(long number, LogEntry entry) {
        for (var shard : context.shards()) {
            shard.post(number, entry);
        }
    }

    /**
     * Does something to the socket that a client has at present, on that socket's loop.
     *
     * @param absent is run if the client is not there; any thread
     */
    void reach(RecoveryState state, Consumer<Socket> action, Runnable absent) {
        sessions.locate(
                state.pid(),
                socket -> socket.connection().shard().post(() -> {
                    if (socket.connected()) {
                        action.accept(socket);
                    } else {
                        reach(state, action, absent);
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
        long heard = session.state().missedAfter(number(offset));
        var found = heard < 0 ? null : session.comeBack(log, heard);
        if (found != null) {
            session.state().goOn(found.end());
        }
        return found;
    }

    /** On the loop of the session's socket: the client is away. */
    void park(ParkedSession session) {
        release(sessions.park(session, nowMillis()));
    }

    /** On the loop of the session's socket, or where the client wanted to come back: it ends for good. */
    void end(RecoveryState state) {
        sessions.end(state.pid());
        sessions.ifEmpty(log::clear);
    }

    /** Forgets what is too old. Called again and again. */
    void expire() {
        long now = nowMillis();
        sessions.expire(now, this::release);
        log.trim(now);
        sessions.ifEmpty(log::clear);
    }

    private void release(@Nullable ParkedSession session) {
        if (session != null) {
            context.namespaces().leave(session.namespace());
        }
    }
}
