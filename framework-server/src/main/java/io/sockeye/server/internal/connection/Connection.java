package io.sockeye.server.internal.connection;

import io.sockeye.engine.Transport;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.engine.session.SessionListener;
import io.sockeye.json.JsonException;
import io.sockeye.json.Peer;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.namespace.Namespaces;
import io.sockeye.server.internal.server.ServerCore;
import io.sockeye.server.internal.socket.LeavingSockets;
import io.sockeye.server.internal.socket.DisconnectReasons;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.ReadingControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One engine session and its sockets in namespaces. Owned by the shard's loop, but for {@link #transport()}. */
public final class Connection implements SessionListener {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final Shard shard;
    private final ServerCore core;
    private final Dialect dialect;
    private final PacketAssembly packets;
    private final ConnectionDeadlines due;

    /** In the order in which they were joined. */
    private final Map<String, LocalSocket> sockets = new LinkedHashMap<>(2);

    private final Joins joins;
    private final PacketRouter router;
    private final ReadingControl attention = new ReadingControl(this);
    private final LeavingSockets departures;
    private final ConnectionMemory holdings;
    private final Shutdown shutdown = new Shutdown(this);

    private final Presence presence;
    /** Whether the client broke the rules, or is about to go: nothing that it sends counts any more. */
    private boolean failed;

    private @Nullable ServerSession session;
    private volatile TransportKind transport;

    Connection(Shard shard, ServerCore core, Namespaces namespaces, HttpRequest request, Transport first) {
        this.shard = shard;
        this.core = core;
        this.transport = first.kind();
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
        this.departures = new LeavingSockets(this, core.context().maxNamespaces());
        this.holdings = new ConnectionMemory(this, sockets.values(), packets, request);
        this.presence = new Presence(this, request);
    }

    void start(ServerSession opened) {
        session = opened;
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
        return Objects.requireNonNull(session);
    }

    public Shard shard() {
        return shard;
    }

    /** The transport at present; any thread. */
    public TransportKind transport() {
        return transport;
    }

    /** Whether clients may join namespaces. */
    public boolean isOpen() {
        return !failed && session().isOpen();
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
        if (failed) {
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
        failed = true;
        onProtocolError(error);
        due.attachments().forget();
        packets.close();
        holdings.tell(error.reason());
        disconnectSockets(DisconnectReasons.of(error.reason()));
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
        sockets.put(socket.namespace().name(), socket);
    }

    Dialect dialect() {
        return dialect;
    }

    Joins joins() {
        return joins;
    }

    public ReadingControl attention() {
        return attention;
    }

    public LeavingSockets departures() {
        return departures;
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

    /** Whether the client owes an answer to one of its sockets. */
    public boolean awaitsAnswer() {
        return sockets.values().stream().anyMatch(socket -> socket.delivery().awaitsAnswer());
    }

    /** The socket left its namespace. */
    public void remove(LocalSocket socket) {
        sockets.remove(socket.namespace().name());
    }

    /** The client is there on another connection: nothing can come from this one any more. */
    public void abandon() {
        disconnectSockets(DisconnectReason.TRANSPORT_CLOSE);
        close(CloseReason.TRANSPORT_CLOSE);
    }

    /** Ends the sockets that have missed what had that number in the log; their client comes back and begins anew. */
    public void missed(long number) {
        var behind = sockets.values().stream()
                .filter(socket -> socket.membership().notYetApplied(number))
                .toList();
        behind.forEach(socket -> socket.ending().gone(DisconnectReason.EVENTS_MISSED));
        if (!behind.isEmpty()) {
            close(CloseReason.FORCED_CLOSE);
        }
    }

    /** Disconnects all sockets and closes the connection. */
    public void disconnect() {
        for (var socket : new ArrayList<>(sockets.values())) {
            socket.ending().leaveNamespace();
        }
        close(CloseReason.FORCED_CLOSE);
    }

    /** How it ends when the server stops. */
    Shutdown shutdown() {
        return shutdown;
    }

    /** Nothing that the client sends counts any more. */
    void ignoreClient() {
        failed = true;
    }

    boolean hasSockets() {
        return !sockets.isEmpty();
    }

    Presence presence() {
        return presence;
    }

    /** Closes the engine session once what was sent has left. */
    public void close(CloseReason reason) {
        session().close(reason, shard.nowMillis());
    }

    @Override
    public void onUpgrade(Transport next) {
        transport = next.kind();
        for (var socket : new ArrayList<>(sockets.values())) {
            socket.upgraded(transport);
        }
    }

    @Override
    public void onPing() {
        sockets.values().forEach(socket -> socket.membership().pinged());
    }

    @Override
    public void onPong() {
        sockets.values().forEach(socket -> socket.membership().ponged());
    }

    @Override
    public void onDeadline(long deadlineMillis) {
        due.session().bringForward(deadlineMillis);
    }

    @Override
    public void onProtocolError(ProtocolException error) {
        log.debug("session {} broke the protocol: {}", session().sid(), error.getMessage());
    }

    @Override
    public void onClose(CloseReason reason) {
        log.debug("session {} closed: {}", session().sid(), reason.text());
        due.forget();
        if (!failed) {
            holdings.tell(reason);
        }
        packets.close();
        joins.close();
        disconnectSockets(DisconnectReasons.of(reason));
        holdings.request().release();
        shard.relief().ended(session().transport());
        shard.remove(session().sid());
    }

    void disconnectSockets(DisconnectReason reason) {
        for (var socket : new ArrayList<>(sockets.values())) {
            socket.ending().gone(reason);
        }
    }
}
