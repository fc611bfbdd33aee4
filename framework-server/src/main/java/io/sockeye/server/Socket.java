package io.sockeye.server;

import io.sockeye.event.Event;
import io.sockeye.protocol.TransportKind;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
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
public interface Socket extends SocketHandlers<Socket>, Emitter {
    /** The socket's id, which others may know; also the name of a room in which the socket is alone. */
    String id();

    /** The namespace that the socket is in; it never changes. */
    Namespace namespace();

    /** With what the client introduced itself when it joined the namespace. */
    Handshake handshake();

    /** Whatever the application wants to keep with the socket. */
    ConcurrentMap<String, Object> data();

    /** The transport at present; it changes when the client upgrades. */
    TransportKind transport();

    /** Whether the socket is still there; no longer when {@code onDisconnecting} is told. */
    boolean connected();

    /** Whether the client lost its connection before and came back; see {@link ConnectionStateRecovery}. */
    boolean recovered();

    /**
     * Joins rooms; they exist as long as somebody is in them.
     *
     * @throws io.sockeye.event.Rejection if the socket would be in more than {@link SocketServerBuilder#maxRooms}; it has joined those before
     */
    void join(String... names);

    /**
     * Joins rooms as {@link #join} does.
     *
     * @return completes, on a thread of the handlers, once what other servers of the cluster send to them arrives here, too;
     *     fails if the cluster fails
     */
    CompletableFuture<Void> joinEverywhere(String... names);

    /** Leaves a room. The room of the socket's own id is never left. */
    void leave(String room);

    /** The rooms that the socket is in, with the one of its own id. In {@code onDisconnecting} they are still there. */
    Set<String> rooms();

    /** Has each event of this socket that arrives checked before any handler sees it. */
    Socket use(EventMiddleware check);

    /** Handles only the next event of that name. */
    Socket once(String event, EventHandler handler);

    /** Handles only the next such event. */
    <T> Socket once(Event<T> event, TypedHandler<T> handler);

    /** Handles only the next event of that name, by its first argument. */
    <T> Socket once(String event, Class<T> type, TypedHandler<T> handler);

    /** Handles only the next event of that name, by its first argument of a generic type. */
    <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler);

    /** Says goodbye to the client and leaves the namespace. The client does not come back by itself. */
    void disconnect();

    /** Disconnects all sockets of the client's connection, then closes it. */
    void disconnectAll();

    /** Closes the client's connection without a goodbye of Socket.IO; the client reconnects. */
    void closeConnection();
}
