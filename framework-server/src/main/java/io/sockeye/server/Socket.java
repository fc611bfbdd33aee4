package io.sockeye.server;

import io.sockeye.engine.TransportKind;
import io.sockeye.event.Event;
import io.sockeye.json.Json;
import io.sockeye.socket.SocketPacket;
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
 * A client in a namespace. All public methods may be called on any thread and return at once; what one thread does takes
 * effect in the order in which it did it. After the disconnection they do nothing, unless the client may come back: see
 * {@link ConnectionStateRecovery}.
 *
 * <pre>{@code
 * server.onConnection(socket -> {
 *     socket.join("lobby");
 *     socket.emit("welcome", socket.id());
 * });
 * }</pre>
 */
public final class Socket extends HandlerScope<Socket> implements Emitter {
    private final String id;
    private final Namespace namespace;
    private final Connection connection;
    private final ConnectContext origin;
    private final ServerContext context;
    private final HandlerCalls calls;

    private final boolean recovered;
    private final Membership membership;
    private final Delivery delivery;
    private final SocketMemory memory;
    private final Ending ending;

    /** @param rooms of the session, if the client had a socket on another connection before; null if not */
    Socket(SocketSession session, Connection connection, ConnectContext origin, @Nullable Set<String> rooms) {
        this.id = session.id();
        this.namespace = session.namespace();
        this.connection = connection;
        this.origin = origin;
        this.context = namespace.context();
        this.recovered = rooms != null;
        this.membership = new Membership(this, session, connection, rooms == null ? Set.of() : rooms);
        this.calls = new HandlerCalls(this, session.mailboxes());
        this.delivery = new Delivery(this, calls);
        this.memory = new SocketMemory(
                session.mailboxes(), calls.overheard(), context.memory().in());
        this.ending = new Ending(this, connection, membership, calls);
    }

    /** The socket's id, which others may know; also the name of a room in which the socket is alone. */
    public String id() {
        return id;
    }

    /** The namespace that the socket is in; it never changes. */
    public Namespace namespace() {
        return namespace;
    }

    /** With what the client introduced itself when it joined the namespace. */
    public Handshake handshake() {
        return origin.handshake();
    }

    /** Whatever the application wants to keep with the socket. */
    public ConcurrentMap<String, Object> data() {
        return origin.data();
    }

    /** The transport at present; it changes when the client upgrades. */
    public TransportKind transport() {
        return connection.transport();
    }

    /** Whether the socket is still there; no longer when {@code onDisconnecting} is told. */
    public boolean connected() {
        return membership.connected();
    }

    /** Whether the client lost its connection before and came back; see {@link ConnectionStateRecovery}. */
    public boolean recovered() {
        return recovered;
    }

    @Override
    public void emit(String event, @Nullable Object @Nullable ... args) {
        membership.emit(namespace.event(event, args), Flags.NONE);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object @Nullable ... args) {
        return new SocketEmitter(this, Flags.NONE).request(event, type, args);
    }

    @Override
    public <T> CompletableFuture<T> request(String event, TypeReference<T> type, @Nullable Object @Nullable ... args) {
        return new SocketEmitter(this, Flags.NONE).request(event, type, args);
    }

    @Override
    public SocketEmitter timeout(Duration limit) {
        return new SocketEmitter(this, Flags.NONE.timeout(limit));
    }

    @Override
    public SocketEmitter asVolatile() {
        return new SocketEmitter(this, Flags.NONE.asDroppable());
    }

    @Override
    public SocketEmitter compress(boolean wanted) {
        return new SocketEmitter(this, Flags.NONE.compress(wanted));
    }

    @Override
    public Broadcast broadcast() {
        return namespace.except(id);
    }

    /**
     * Joins rooms; they exist as long as somebody is in them.
     *
     * @throws io.sockeye.event.Rejection if the socket would be in more than {@link SocketServerBuilder#maxRooms}; it has joined those before
     */
    public void join(String... names) {
        for (var room : names) {
            Objects.requireNonNull(room, "room");
            membership.rooms().join(room);
        }
    }

    /**
     * Joins rooms as {@link #join} does.
     *
     * @return completes, on a thread of the handlers, once what other servers of the cluster send to them arrives here, too;
     *     fails if the cluster fails
     */
    public CompletableFuture<Void> joinEverywhere(String... names) {
        join(names);
        return namespace.hear(Set.copyOf(Arrays.asList(names)), replies());
    }

    /** Leaves a room. The room of the socket's own id is never left. */
    public void leave(String room) {
        Objects.requireNonNull(room, "room");
        membership.rooms().leave(room);
    }

    /** The rooms that the socket is in, with the one of its own id. In {@code onDisconnecting} they are still there. */
    public Set<String> rooms() {
        return membership.rooms().names();
    }

    /** Has each event of this socket that arrives checked before any handler sees it. */
    public Socket use(EventMiddleware check) {
        handlers().middleware().add(Objects.requireNonNull(check));
        return this;
    }

    /** Handles only the next event of that name. */
    public Socket once(String event, EventHandler handler) {
        return once(event, Objects.requireNonNull(handler), handler);
    }

    /** Handles only the next such event. */
    public <T> Socket once(Event<T> event, TypedHandler<T> handler) {
        return once(event.name(), handler, typed(event.type(), handler));
    }

    /** Handles only the next event of that name, by its first argument. */
    public <T> Socket once(String event, Class<T> type, TypedHandler<T> handler) {
        return once(event, handler, typed(type, handler));
    }

    /** Handles only the next event of that name, by its first argument of a generic type. */
    public <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return once(event, handler, typed(type.getType(), handler));
    }

    private Socket once(String event, Handler original, EventHandler handler) {
        handlers().add(event, new Listener(original, handler, null, true), false);
        return this;
    }

    /** Says goodbye to the client and leaves the namespace. The client does not come back by itself. */
    public void disconnect() {
        membership.disconnect(false);
    }

    /** Disconnects all sockets of the client's connection, then closes it. */
    public void disconnectAll() {
        membership.disconnect(true);
    }

    /** Closes the client's connection without a goodbye of Socket.IO; the client reconnects. */
    public void closeConnection() {
        membership.act(socket -> socket.ending.closeConnection(), () -> {});
    }

    @Override
    Socket self() {
        return this;
    }

    @Override
    Handlers handlers() {
        return calls.own();
    }

    @Override
    Json json() {
        return context.json();
    }

    ServerContext context() {
        return context;
    }

    Connection connection() {
        return connection;
    }

    Membership membership() {
        return membership;
    }

    /** Where futures of acknowledgements are completed. */
    Executor replies() {
        return calls.mailboxes().replies();
    }

    SocketDetails details() {
        return new SocketDetails(id, handshake(), rooms(), data());
    }

    SocketMemory memory() {
        return memory;
    }

    Delivery delivery() {
        return delivery;
    }

    /** On the loop: sends an event, unless it may be dropped and would have to wait. */
    void deliver(Outgoing outgoing) {
        delivery.event(outgoing);
    }

    /** On the loop: the client has joined. */
    void joined() {
        memory.begin(handshake(), connection.holdings().request());
        calls.connected();
    }

    /** On the loop: its connection goes on over another transport. */
    void upgraded(TransportKind transport) {
        calls.upgraded(transport);
    }

    /** On the loop: an event arrived. */
    void receive(SocketPacket.Event event) {
        calls.event(event);
    }

    /** On the loop: how it ends. */
    Ending ending() {
        return ending;
    }

    @Override
    public String toString() {
        return "Socket " + id + " in " + namespace.name();
    }
}
