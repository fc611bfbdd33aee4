package io.sockeye.server.internal.socket;

import io.sockeye.ack.PendingAck;
import io.sockeye.event.Event;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.EventHandler;
import io.sockeye.server.EventMiddleware;
import io.sockeye.server.Handler;
import io.sockeye.server.Handshake;
import io.sockeye.server.Socket;
import io.sockeye.server.TypedHandler;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.handlers.Handlers;
import io.sockeye.server.internal.handlers.Handling;
import io.sockeye.server.internal.handlers.Listener;
import io.sockeye.server.internal.handlers.SocketRegistry;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.namespace.NamespaceBroadcast;
import io.sockeye.server.internal.rooms.RoomMember;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * A client in a namespace of this server. Any thread, unless a method says that it is for the loop, which is that of its
 * connection.
 */
public final class LocalSocket extends SocketRegistry<Socket> implements RoomMember {
    private final String id;
    private final LocalNamespace namespace;
    private final ConnectionSockets connection;
    private final Handshake handshake;
    private final ConcurrentMap<String, Object> data;
    private final ServerContext context;
    private final HandlerCalls calls;

    private final boolean recovered;
    private final Membership membership;
    private final Delivery delivery;
    private final SocketMemory memory;
    private final Ending ending;

    /** @param rooms of the session, if the client had a socket on another connection before; null if not */
    public LocalSocket(
            SocketSession session, ConnectionSockets connection, Handshake handshake, @Nullable Set<String> rooms) {
        this.id = session.id();
        this.namespace = session.namespace();
        this.connection = connection;
        this.handshake = handshake;
        this.data = session.data();
        this.context = namespace.context();
        this.recovered = rooms != null;
        this.membership = new Membership(this, session, connection, rooms == null ? Set.of() : rooms);
        this.calls = new HandlerCalls(this, session.mailboxes());
        this.delivery = new Delivery(this, calls);
        this.memory = new SocketMemory(
                session.mailboxes(), calls.overheard(), context.memory().in());
        this.ending = new Ending(this, connection, membership, calls);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public LocalNamespace namespace() {
        return namespace;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public ConcurrentMap<String, Object> data() {
        return data;
    }

    @Override
    public TransportKind transport() {
        return connection.transport();
    }

    @Override
    public boolean connected() {
        return membership.connected();
    }

    @Override
    public boolean recovered() {
        return recovered;
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        membership.emit(namespace.event(event, args), Flags.NONE);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object @Nullable ... args) {
        return new LocalSocketEmitter(this, Flags.NONE).request(event, type, args);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, TypeReference<T> type, @Nullable Object @Nullable ... args) {
        return new LocalSocketEmitter(this, Flags.NONE).request(event, type, args);
    }

    @Override
    public LocalSocketEmitter timeout(Duration limit) {
        return new LocalSocketEmitter(this, Flags.NONE.timeout(limit));
    }

    @Override
    public LocalSocketEmitter asVolatile() {
        return new LocalSocketEmitter(this, Flags.NONE.asDroppable());
    }

    @Override
    public LocalSocketEmitter compress(boolean wanted) {
        return new LocalSocketEmitter(this, Flags.NONE.compress(wanted));
    }

    @Override
    public NamespaceBroadcast broadcast() {
        return namespace.broadcast().except(id);
    }

    @Override
    public void join(String... names) {
        for (var room : names) {
            Objects.requireNonNull(room, "room");
            membership.rooms().join(room);
        }
    }

    @Override
    public CompletableFuture<Void> joinEverywhere(String... names) {
        join(names);
        return namespace.hear(Set.copyOf(Arrays.asList(names)), replies());
    }

    @Override
    public void leave(String room) {
        Objects.requireNonNull(room, "room");
        membership.rooms().leave(room);
    }

    @Override
    public Set<String> rooms() {
        return membership.rooms().names();
    }

    @Override
    public LocalSocket use(EventMiddleware check) {
        handlers().middleware().add(Objects.requireNonNull(check));
        return this;
    }

    @Override
    public LocalSocket once(String event, EventHandler handler) {
        return once(event, Objects.requireNonNull(handler), handler);
    }

    @Override
    public <T> LocalSocket once(Event<T> event, TypedHandler<T> handler) {
        return once(event.name(), handler, typed(event.type(), handler));
    }

    @Override
    public <T> LocalSocket once(String event, Class<T> type, TypedHandler<T> handler) {
        return once(event, handler, typed(type, handler));
    }

    @Override
    public <T> LocalSocket once(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return once(event, handler, typed(type.getType(), handler));
    }

    private LocalSocket once(String event, Handler original, EventHandler handler) {
        handlers().add(event, new Listener(original, handler, null, true), false);
        return this;
    }

    @Override
    public void disconnect() {
        membership.disconnect(false);
    }

    @Override
    public void disconnectAll() {
        membership.disconnect(true);
    }

    @Override
    public void closeConnection() {
        membership.act(socket -> socket.ending.closeConnection(), () -> {});
    }

    @Override
    public LocalSocket self() {
        return this;
    }

    @Override
    public Handlers handlers() {
        return calls.own();
    }

    @Override
    public Handling handling() {
        return context.handling();
    }

    ServerContext context() {
        return context;
    }

    public ConnectionSockets connection() {
        return connection;
    }

    public Membership membership() {
        return membership;
    }

    /** Where futures of acknowledgements are completed. */
    Executor replies() {
        return calls.mailboxes().replies();
    }

    @Override
    public SocketDetails details() {
        return new SocketDetails(id, handshake(), rooms(), data());
    }

    public SocketMemory memory() {
        return memory;
    }

    public Delivery delivery() {
        return delivery;
    }

    @Override
    public void deliver(Outgoing outgoing) {
        delivery.event(outgoing);
    }

    @Override
    public void request(Outgoing outgoing, long deadlineMillis, PendingAck pending) {
        delivery.request(outgoing, deadlineMillis, pending);
    }

    @Override
    public void change(ClusterLog.Entry entry) {
        membership.change(entry);
    }

    @Override
    public void deliverLogged(long number, Outgoing outgoing) {
        membership.deliver(number, outgoing);
    }

    @Override
    public void changeLogged(long number, ClusterLog.Entry entry) {
        if (membership.notYetApplied(number)) {
            membership.change(entry);
        }
    }

    @Override
    public boolean follows(long number) {
        return membership.follows(number);
    }

    @Override
    public void abort() {
        connection.session().abort(CloseReason.TRANSPORT_ERROR);
    }

    /** On the loop: the client has joined. */
    public void joined() {
        memory.begin(handshake, connection.request());
        calls.connected();
    }

    /** On the loop: its connection goes on over another transport. */
    public void upgraded(TransportKind transport) {
        calls.upgraded(transport);
    }

    /** On the loop: an event arrived. */
    public void receive(SocketPacket.Event event) {
        calls.event(event);
    }

    /** On the loop: how it ends. */
    public Ending ending() {
        return ending;
    }

    @Override
    public String toString() {
        return "Socket " + id + " in " + namespace.name();
    }
}
