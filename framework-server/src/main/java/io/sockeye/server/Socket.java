package io.sockeye.server;

import io.sockeye.engine.CloseReason;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.TransportKind;
import io.sockeye.event.Args;
import io.sockeye.socket.PendingAck;
import io.sockeye.socket.SocketEncoder;
import io.sockeye.socket.SocketPacket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A client in a namespace. All public methods may be called on any thread and return at once; what one thread does takes
 * effect in the order in which it did it. After the disconnection they do nothing.
 *
 * <pre>{@code
 * server.onConnection(socket -> {
 *     socket.join("lobby");
 *     socket.emit("welcome", socket.id());
 * });
 * }</pre>
 */
public final class Socket {
    private final String id;
    private final Namespace namespace;
    private final Connection connection;
    private final ConnectContext origin;
    private final ServerContext context;
    private final HandlerCalls calls;
    /** Apart from the events, so that a handler may wait for an answer. */
    private final Mailbox replies;

    private final JoinedRooms rooms = new JoinedRooms();
    /** Written on the loop only. */
    private volatile boolean connected = true;
    /** Null until the first event that asks for an acknowledgement; owned by the loop. */
    private @Nullable PendingAcks acks;

    Socket(String id, Namespace namespace, Connection connection, ConnectContext origin, ServerContext context) {
        this.id = id;
        this.namespace = namespace;
        this.connection = connection;
        this.origin = origin;
        this.context = context;
        this.calls = new HandlerCalls(this, context);
        this.replies = new Mailbox(context.replies());
    }

    /** The socket's id, which others may know; also the name of a room in which the socket is alone. */
    public String id() {
        return id;
    }

    public Namespace namespace() {
        return namespace;
    }

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

    public boolean isConnected() {
        return connected;
    }

    /**
     * Sends an event. Binary values ({@code byte[]}, {@link java.nio.ByteBuffer}) may stand anywhere in the arguments.
     * The arguments are written before this returns and may change afterwards.
     *
     * @throws io.sockeye.json.JsonException if an argument cannot be written as JSON
     * @throws IllegalArgumentException if the name is reserved
     */
    public void emit(String event, @Nullable Object... args) {
        var packets = namespace.encode(event, SocketPacket.Event.NO_ACK, args);
        connection.shard().execute(() -> deliver(packets, false));
    }

    /**
     * Sends an event and asks for an acknowledgement, whose first value completes the future; {@link Args} stands for
     * all its values. It fails with a {@link io.sockeye.event.DisconnectedException} when the client is gone. The
     * future is completed on a thread of the handlers, so that a handler may wait for it.
     */
    public <T> CompletableFuture<T> request(String event, Class<T> type, @Nullable Object... args) {
        return new SocketEmitter(this, false, null).request(event, type, args);
    }

    /** Emits with a time in which acknowledgements must arrive, else they fail. */
    public SocketEmitter timeout(Duration timeout) {
        return new SocketEmitter(this, false, timeout);
    }

    /** Emits what may be dropped if the client cannot take it at once. */
    public SocketEmitter asVolatile() {
        return new SocketEmitter(this, true, null);
    }

    /** All sockets in these rooms, but not this one. */
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** All sockets of the namespace but this one and the ones in these rooms. */
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** All sockets of the namespace but this one. */
    public Broadcast broadcast() {
        return namespace.everybody().except(id);
    }

    /** Joins rooms; they exist as long as somebody is in them. */
    public void join(String... names) {
        for (var room : names) {
            rooms.add(room);
            connection.shard().execute(() -> followRoom(room, true));
        }
    }

    /** Leaves a room. The room of the socket's own id is never left. */
    public void leave(String room) {
        rooms.remove(room);
        connection.shard().execute(() -> followRoom(room, false));
    }

    private void followRoom(String room, boolean joins) {
        var present = connection.shard().rooms(namespace);
        boolean joined = rooms.follow(room, joins);
        if (connected && joined) {
            present.join(this, room);
        } else {
            present.leave(this, room);
        }
    }

    /** The rooms that the socket is in, with the one of its own id. In {@code onDisconnecting} they are still there. */
    public Set<String> rooms() {
        return rooms.with(id);
    }

    /** Handles an event of this socket alone; best called in the connection handler, so that no event is missed. */
    public Socket on(String event, EventHandler handler) {
        calls.own().onEvent(event, handler);
        return this;
    }

    /** Handles an event by its first argument, of this socket alone. */
    public <T> Socket on(String event, Class<T> type, TypedHandler<T> handler) {
        return on(event, Handling.typed(type, handler));
    }

    /** Calls the handler when the socket is about to leave its rooms. */
    public Socket onDisconnecting(DisconnectHandler handler) {
        calls.own().onDisconnecting(handler);
        return this;
    }

    /** Calls the handler when the socket is gone. */
    public Socket onDisconnect(DisconnectHandler handler) {
        calls.own().onDisconnect(handler);
        return this;
    }

    /** Says goodbye to the client and leaves the namespace. The client does not come back by itself. */
    public void disconnect() {
        connection.shard().execute(this::leaveNamespace);
    }

    /** Disconnects all sockets of the client's connection, then closes it. */
    public void disconnectAll() {
        connection.shard().execute(connection::disconnect);
    }

    /** Closes the client's connection without a goodbye of Socket.IO; the client reconnects. */
    public void closeConnection() {
        connection.shard().execute(() -> connection.close(CloseReason.FORCED_CLOSE));
    }

    ServerContext context() {
        return context;
    }

    Mailbox replies() {
        return replies;
    }

    Connection connection() {
        return connection;
    }

    /** On the loop: sends packets, unless they may be dropped and would have to wait. */
    void deliver(List<EnginePacket> packets, boolean droppable) {
        if (connected && (!droppable || connection.session().writable())) {
            connection.send(packets);
        }
    }

    /** On the loop: sends an event that waits for an acknowledgement. */
    void deliver(List<EnginePacket> packets, long ackId, long deadlineMillis, PendingAck pending) {
        if (!connected) {
            pending.disconnected();
            return;
        }
        if (acks == null) {
            acks = new PendingAcks(connection.shard().deadlines());
        }
        acks.add(ackId, deadlineMillis, pending);
        connection.send(packets);
    }

    /** On the loop: the client has joined. */
    void connected() {
        calls.connected();
    }

    /** On the loop: an event arrived. */
    void receive(SocketPacket.Event event) {
        calls.event(event);
    }

    /** On the loop: an acknowledgement arrived. */
    void receive(SocketPacket.Ack ack) {
        if (acks != null) {
            acks.receive(ack);
        }
    }

    /** On the loop: says goodbye. */
    void leaveNamespace() {
        if (connected) {
            connection.send(SocketEncoder.encode(new SocketPacket.Disconnect(namespace.name())));
            disconnected(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        }
    }

    /** On the loop: the socket is gone; only the first reason counts. */
    void disconnected(DisconnectReason reason) {
        if (!connected) {
            return;
        }
        connected = false;
        connection.remove(this);
        if (acks != null) {
            acks.close();
        }
        calls.disconnected(reason, rooms::clear);
    }

    @Override
    public String toString() {
        return "Socket " + id + " in " + namespace.name();
    }
}
