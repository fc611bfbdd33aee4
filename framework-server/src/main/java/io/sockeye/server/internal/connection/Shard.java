package io.sockeye.server.internal.connection;

import io.sockeye.engine.Transport;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.server.Target;
import io.sockeye.server.host.Loop;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.engine.Sessions;
import io.sockeye.server.internal.http.Sid;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.namespace.Namespaces;
import io.sockeye.server.internal.recovery.LogDelivery;
import io.sockeye.server.internal.rooms.Rooms;
import io.sockeye.server.internal.server.ServerCore;
import io.sockeye.server.internal.socket.LateConnectionCalls;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.Membership;
import io.sockeye.server.internal.threads.Deadlines;
import io.sockeye.server.internal.threads.HandlerStarts;
import io.sockeye.server.internal.threads.HandlerTask;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event loop and everything that only it may touch: sessions, sockets, rooms, deadlines. No locks. All methods but
 * {@link #execute}, {@link #post} and {@link #inLoop} are called on the loop.
 */
public final class Shard implements Sessions, ServerContext.Timer {
    /** How exactly deadlines are kept. */
    private static final Duration TICK = Duration.ofMillis(20);
    /** Far below what a count of milliseconds can hold. */
    private static final Duration LIFETIME = Duration.ofDays(36_500);

    private final Loop loop;
    private final ServerCore core;
    private final Namespaces namespaces;
    private final SecureRandom random;
    private final Deadlines deadlines = new Deadlines();
    private final HandlerStarts starts;
    private final Relief relief;
    private final UnjoinedConnections strangers = new UnjoinedConnections();
    private final LateConnectionCalls introductions = new LateConnectionCalls(this);
    /** In the order in which they were opened. */
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    /** How many there are, for all threads; changed by the loop alone. */
    private volatile int connectionCount;

    private final Map<String, Rooms> rooms = new HashMap<>();
    private final LogDelivery log = new LogDelivery(this);
    private final ShardShutdown goodbyes;

    public Shard(Loop loop, ServerCore core, Namespaces namespaces) {
        this.loop = loop;
        this.starts = new HandlerStarts(loop::post);
        this.core = core;
        this.random = core.context().random();
        this.namespaces = namespaces;
        this.relief = new Relief(this, core);
        this.goodbyes = new ShardShutdown(this, core, starts);
    }

    public void start() {
        loop.repeat(TICK, () -> deadlines.run(loop.nowMillis()));
        loop.repeat(TICK, relief::look);
    }

    /** Runs a task on the loop: at once if called there, else later, in the order of the calls of each thread. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Runs a task on the loop after all that it was given before, never at once. */
    public void post(Runnable task) {
        loop.post(task);
    }

    /** The same; the other one runs at once in its place, if the loop has ended. */
    public void post(Runnable task, Runnable dropped) {
        loop.post(task, dropped);
    }

    /**
     * Delivers what users send, in the order of the calls of each thread, without recovery. It counts until then: where a loop
     * is behind, more and more waits for it.
     */
    public void send(Outgoing outgoing, Runnable delivery) {
        if (loop.inLoop()) {
            delivery.run();
            return;
        }
        var share = outgoing.share();
        var budget = core.context().memory().out();
        share.hold(budget);
        Runnable delivered = () -> share.release(budget);
        loop.post(HandlerTask.of(delivery, delivered, false), delivered);
    }

    /**
     * Runs a task that belongs to what users do, in the order of the calls of each thread. With recovery, what is sent is
     * always posted; so is all else then, or it would overtake that on the loop itself.
     */
    public void inCallOrder(Runnable task) {
        var recovery = core.recovery();
        if (recovery == null) {
            loop.execute(task);
        } else {
            recovery.post(this, task);
        }
    }

    /**
     * Calls the action, on the loop and in the order of the calls of each thread, for each socket of this shard that is meant:
     * something that is not logged. With recovery it is left out for those whose client came back meanwhile, see {@link
     * Membership#follows}.
     *
     * @param then runs after that
     */
    public void unlogged(String namespace, Target target, Consumer<LocalSocket> action, Runnable then) {
        var recovery = core.recovery();
        if (recovery == null) {
            loop.execute(() -> {
                forEach(namespace, target, action);
                then.run();
            });
            return;
        }
        recovery.post(this, end -> {
            forEach(namespace, target, socket -> {
                if (socket.membership().follows(end)) {
                    action.accept(socket);
                }
            });
            then.run();
        });
    }

    /** Whether the caller runs on the loop. */
    public boolean inLoop() {
        return loop.inLoop();
    }

    /** Whether the loop has ended by an error: nothing that it was to do will be done. Any thread. */
    public boolean hasEnded() {
        return loop.hasEnded();
    }

    @Override
    public long nowMillis() {
        return loop.nowMillis();
    }

    /** When that time is over; never, {@link Long#MAX_VALUE}, if it is null or longer than a life. */
    public long deadlineAfter(@Nullable Duration time) {
        if (time == null || time.compareTo(LIFETIME) > 0) {
            return Long.MAX_VALUE;
        }
        return nowMillis() + time.toMillis();
    }

    /** Runs a task again and again. */
    public void repeat(Duration period, Runnable task) {
        loop.repeat(period, task);
    }

    /** Runs a task on the loop after a time, unless the returned action was called before. Any thread. */
    @Override
    public Runnable after(Duration time, Runnable task) {
        var deadline = deadlines.create(now -> task.run());
        execute(() -> deadline.set(deadlineAfter(time)));
        return () -> execute(() -> deadline.set(Long.MAX_VALUE));
    }

    /** Begins handlers once the loop has done what it is doing. */
    public Executor starts() {
        return starts;
    }

    public Deadlines deadlines() {
        return deadlines;
    }

    public Relief relief() {
        return relief;
    }

    UnjoinedConnections strangers() {
        return strangers;
    }

    public LateConnectionCalls introductions() {
        return introductions;
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
        var sid = Sid.next(core.member().node(), loop.index(), random);
        var session = new ServerSession(sid, core.context().engine(), transport, connection, nowMillis());
        connections.put(sid, connection);
        strangers.add(connection);
        core.sessionRoom().addresses().add(connection.presence().address());
        connectionCount = connections.size();
        session.chargeTo(core.context().memory().in(), core.context().memory().out());
        connection.start(session);
        if (goodbyes.haveBegun()) {
            connection.shutdown().end();
        }
        return session;
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
            core.sessionRoom().addresses().remove(ended.presence().address());
        }
        connectionCount = connections.size();
        goodbyes.completeIfGone();
    }

    /** The rooms of a namespace, as far as they are on this shard. */
    public Rooms rooms(LocalNamespace namespace) {
        return rooms.computeIfAbsent(namespace.name(), name -> new Rooms(namespace.roomEvents(), this::post));
    }

    /** The rooms of all namespaces that have any here. */
    public Collection<Rooms> rooms() {
        return rooms.values();
    }

    /** Bytes that wait until their clients take them. */
    public long waitingBytes() {
        return connections.values().stream()
                .mapToLong(connection -> connection.session().waitingBytes())
                .sum();
    }

    /** Calls the action for each socket of this shard that is meant. */
    public void forEach(String namespace, Target target, Consumer<LocalSocket> action) {
        var present = rooms.get(namespace);
        if (present != null) {
            present.forEach(target, action);
        }
    }

    /** The socket of that id; null if it is not on this shard. */
    @Nullable
    public LocalSocket find(String namespace, String socketId) {
        var present = rooms.get(namespace);
        return present == null ? null : present.find(socketId);
    }

    public LogDelivery log() {
        return log;
    }

    /** The last socket of a namespace may have left: what was kept for it is forgotten. */
    public void forgetIfEmpty(LocalNamespace namespace) {
        var present = rooms.get(namespace.name());
        if (present != null && present.isEmpty()) {
            rooms.remove(namespace.name());
        }
    }

    /** How its connections end when the server stops. */
    public ShardShutdown goodbyes() {
        return goodbyes;
    }
}
