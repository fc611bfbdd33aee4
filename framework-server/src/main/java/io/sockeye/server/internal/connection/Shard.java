package io.sockeye.server.internal.connection;

import io.sockeye.engine.Transport;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.server.host.Loop;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.context.ServerLoop;
import io.sockeye.server.internal.engine.Sessions;
import io.sockeye.server.internal.http.Sid;
import io.sockeye.server.internal.namespace.Namespaces;
import io.sockeye.server.internal.recovery.LogDelivery;
import io.sockeye.server.internal.rooms.EachRecipient;
import io.sockeye.server.internal.rooms.LoopRooms;
import io.sockeye.server.internal.socket.LoopSockets;
import io.sockeye.server.internal.threads.Deadlines;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event loop and everything that only it may touch: sessions, sockets, rooms, deadlines. No locks. All methods are
 * called on the loop, unless they say otherwise.
 */
public final class Shard implements Sessions {
    /** How exactly deadlines are kept. */
    private static final Duration TICK = Duration.ofMillis(20);

    private final ServerLoop loop;
    private final LoopRooms rooms;
    private final LoopSockets sockets;
    private final ServerCore core;
    private final Namespaces namespaces;
    private final SecureRandom random;
    private final Relief relief;
    private final UnjoinedConnections strangers = new UnjoinedConnections();
    /** In the order in which they were opened. */
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    /** How many there are, for all threads; changed by the loop alone. */
    private volatile int connectionCount;

    private final LogDelivery log;
    private final ShardShutdown goodbyes;

    public Shard(Loop loop, ServerCore core, Namespaces namespaces) {
        this.loop =
                new ServerLoop(loop, core.callOrder(), core.context().memory().out());
        this.rooms = new LoopRooms(this.loop);
        this.sockets = new LoopSockets(rooms, core.recovery());
        this.log = new LogDelivery(rooms, this::missed);
        this.core = core;
        this.random = core.context().random();
        this.namespaces = namespaces;
        this.relief = new Relief(this, core);
        this.goodbyes = new ShardShutdown(this, core);
    }

    public void start() {
        loop.repeat(TICK, loop::runDue);
        loop.repeat(TICK, relief::look);
    }

    /** What runs on it, and when. Any thread. */
    public ServerLoop loop() {
        return loop;
    }

    /** Runs a task on the loop: at once if called there, else later, in the order of the calls of each thread. Any thread. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Runs a task on the loop after all that it was given before, never at once. Any thread. */
    public void post(Runnable task) {
        loop.post(task);
    }

    long nowMillis() {
        return loop.nowMillis();
    }

    public Deadlines deadlines() {
        return loop.deadlines();
    }

    public Relief relief() {
        return relief;
    }

    UnjoinedConnections strangers() {
        return strangers;
    }

    /** What its sockets share. */
    LoopSockets sockets() {
        return sockets;
    }

    public Collection<Connection> connections() {
        return connections.values();
    }

    /** How many connections there are. Any thread. */
    public int connectionCount() {
        return connectionCount;
    }

    String newSocketId() {
        return Sid.random(random);
    }

    @Override
    public ServerSession open(Transport transport, HttpRequest request) {
        var connection = new Connection(this, core, namespaces, request, transport);
        @Nullable ServerSession session = null;
        try {
            var sid = Sid.next(core.node(), loop.index(), random);
            session = new ServerSession(sid, core.context().engine(), transport, connection, nowMillis());
            connection.carriedBy(session);
            enter(connection);
            if (goodbyes.haveBegun()) {
                connection.shutdown().end();
            }
            return session;
        } catch (Throwable e) { // For example because no memory is left: nobody would ever end it.
            connection.giveUp(session, e);
            throw e;
        }
    }

    private void enter(Connection connection) {
        var session = connection.session();
        connections.put(session.sid(), connection);
        strangers.add(connection);
        connection.presence().countIn(core.sessionRoom().addresses());
        connectionCount = connections.size();
        session.chargeTo(core.context().memory().in(), core.context().memory().out());
        connection.start();
    }

    @Override
    public boolean accepts() {
        return !goodbyes.haveBegun();
    }

    @Override
    public boolean makeRoom(HttpRequest request) {
        return core.sessionRoom().make(request, nowMillis());
    }

    @Override
    public @Nullable ServerSession find(String sid) {
        var connection = connections.get(sid);
        if (connection == null) {
            return null;
        }
        connection.session().heard(nowMillis());
        connection.tickIfDue(nowMillis());
        return connections.containsKey(sid) ? connection.session() : null;
    }

    void remove(String sid) {
        var ended = connections.remove(sid);
        if (ended != null) {
            strangers.remove(ended);
            ended.presence().countOut(core.sessionRoom().addresses());
        }
        connectionCount = connections.size();
        goodbyes.completeIfGone();
    }

    /** Its rooms. */
    public LoopRooms rooms() {
        return rooms;
    }

    /** Bytes that wait until their clients take them. */
    public long waitingBytes() {
        return connections.values().stream()
                .mapToLong(connection -> connection.session().waitingBytes())
                .sum();
    }

    private void missed(long number) {
        EachRecipient.each(
                new ArrayList<>(connections.values()),
                connection -> connection.sockets().missed(number),
                Connection::abort);
    }

    /** What the log says is done here. */
    LogDelivery log() {
        return log;
    }

    /** How its connections end when the server stops. */
    public ShardShutdown goodbyes() {
        return goodbyes;
    }
}
