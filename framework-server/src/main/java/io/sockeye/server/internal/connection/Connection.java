package io.sockeye.server.internal.connection;

import io.sockeye.engine.Transport;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.engine.session.SessionListener;
import io.sockeye.json.JsonException;
import io.sockeye.json.Peer;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.namespace.Namespaces;
import io.sockeye.server.internal.socket.ConnectionSockets;
import io.sockeye.server.internal.socket.DisconnectReasons;
import io.sockeye.server.internal.socket.LocalSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One engine session and its sockets in namespaces. Owned by the shard's loop. */
public final class Connection implements SessionListener {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final Shard shard;
    private final ServerCore core;
    private final Dialect dialect;
    private final PacketAssembly packets;
    private final ConnectionDeadlines due;

    private final ConnectionSockets sockets;

    private final Joins joins;
    private final PacketRouter router;
    private final ConnectionMemory holdings;
    private final Shutdown shutdown = new Shutdown(this);

    private final Presence presence;

    Connection(Shard shard, ServerCore core, Namespaces namespaces, HttpRequest request, Transport first) {
        this.shard = shard;
        this.core = core;
        this.sockets = new ConnectionSockets(shard.sockets(), core.context(), request, first.kind());
        this.joins = new Joins(this, core, namespaces, request);
        this.router = new PacketRouter(sockets, joins, core.context().maxNamespaces());
        var json = core.context().json().sentBy(Peer.CLIENT);
        this.dialect = Dialect.of(first.framing().revision(), json);
        this.packets = new PacketAssembly(
                core.context()
                        .parser()
                        .decoder(json, dialect.limits(core.context().limits())),
                core.context().memory().in());
        this.due = new ConnectionDeadlines(this, shard.deadlines());
        this.holdings = new ConnectionMemory(this, packets);
        this.presence = new Presence(this, request);
    }

    /** Before all else. */
    void carriedBy(ServerSession opened) {
        sockets.start(opened);
    }

    /** It could not be opened: nothing of it stays. */
    void giveUp(@Nullable ServerSession opened, Throwable failure) {
        try {
            if (opened == null) {
                sockets.request().release();
                return;
            }
            try {
                opened.abort(CloseReason.TRANSPORT_ERROR);
            } finally {
                shard.remove(opened.sid());
            }
        } catch (Throwable e) {
            failure.addSuppressed(e);
        }
    }

    void start() {
        var opened = session();
        opened.limitMessages(core.context().firstMessageBytes());
        due.session().set(opened.deadlineMillis());
        due.connect().set(shard.nowMillis() + core.context().connectTimeoutMillis());
        var unasked = dialect.unasked();
        if (unasked != null) {
            router.connect(unasked);
        }
    }

    void tick(long now) {
        session().tick(now);
        due.session().set(session().deadlineMillis());
    }

    /** A request that comes after a deadline must not be faster than the next tick. */
    void tickIfDue(long now) {
        if (session().deadlineMillis() <= now) {
            tick(now);
        }
    }

    public ServerSession session() {
        return sockets.session();
    }

    public Shard shard() {
        return shard;
    }

    /** Whether clients may join namespaces. */
    public boolean isOpen() {
        return sockets.isOpen();
    }

    public void send(List<EnginePacket> packets) {
        session().send(packets);
    }

    ServerContext context() {
        return core.context();
    }

    ServerCore core() {
        return core;
    }

    @Override
    public void onMessage(EnginePacket message) {
        if (sockets.hasFailed()) {
            return;
        }
        try {
            var packet = packets.receive(message);
            if (packet == null) {
                shard.relief().arrived(this);
                due.attachments().part(message.data().length(), shard.nowMillis());
                return;
            }
            due.attachments().forget();
            router.receive(packet);
            shard.relief().arrived(this);
        } catch (ProtocolException e) {
            fail(e);
        } catch (JsonException e) {
            fail(new ProtocolException(String.valueOf(e.getMessage())));
        }
    }

    /**
     * The client broke Socket.IO's rules, not Engine.IO's: what it is still owed is sent before the end, also that there
     * is no such namespace, unless that takes too long to find out.
     */
    void fail(ProtocolException error) {
        sockets.fail();
        onProtocolError(error);
        due.attachments().forget();
        packets.close();
        holdings.tell(error.reason());
        sockets.end(DisconnectReasons.of(error.reason()));
        due.connect().set(shard.nowMillis() + core.context().connectTimeoutMillis());
        joins.afterMatching(() -> close(error.reason()));
    }

    /** A client has joined a namespace. */
    void add(LocalSocket socket) {
        due.connect().set(Long.MAX_VALUE);
        if (presence.joined()) {
            shard.strangers().remove(this);
            session().limitMessages(core.context().maxMessageBytes());
        }
        sockets.add(socket);
    }

    Dialect dialect() {
        return dialect;
    }

    Joins joins() {
        return joins;
    }

    public ConnectionSockets sockets() {
        return sockets;
    }

    public ConnectionMemory holdings() {
        return holdings;
    }

    /** All clients together hold too much, and this one the most. */
    void endForMemory() {
        session().abort(CloseReason.MEMORY);
        Relief.cutIfMuch(session().transport()); // It would keep that until the peer takes it.
    }

    @Override
    public void onBudgetFull() {
        shard.relief().waits(this);
    }

    /** Ends its session at once, so that its client comes back. */
    void abort() {
        session().abort(CloseReason.TRANSPORT_ERROR);
    }

    /** How it ends when the server stops. */
    Shutdown shutdown() {
        return shutdown;
    }

    boolean hasSockets() {
        return sockets.size() > 0;
    }

    Presence presence() {
        return presence;
    }

    /** Closes the engine session once what was sent has left. */
    public void close(CloseReason reason) {
        sockets.close(reason);
    }

    @Override
    public void onUpgrade(Transport next) {
        sockets.upgraded(next.kind());
    }

    @Override
    public void onPing() {
        sockets.all().forEach(socket -> socket.membership().pinged());
    }

    @Override
    public void onPong() {
        sockets.all().forEach(socket -> socket.membership().ponged());
    }

    @Override
    public void onDeadline(long deadlineMillis) {
        due.session().bringForward(deadlineMillis);
    }

    @Override
    public void onProtocolError(ProtocolException error) {
        log.debug("session {} broke the protocol: {}", session().sid(), error.getMessage());
    }

    /** If a step fails, for example because no memory is left, the others are still done: nobody would do them later. */
    @Override
    public void onClose(CloseReason reason) {
        try {
            log.debug("session {} closed: {}", session().sid(), reason.text());
            due.forget();
            if (!sockets.hasFailed()) {
                holdings.tell(reason);
            }
        } finally {
            try {
                packets.close();
                joins.close();
            } finally {
                leave(reason);
            }
        }
    }

    private void leave(CloseReason reason) {
        try {
            sockets.end(DisconnectReasons.of(reason));
        } finally {
            try {
                sockets.request().release();
                shard.relief().ended(session().transport());
            } finally {
                shard.remove(session().sid());
            }
        }
    }
}
