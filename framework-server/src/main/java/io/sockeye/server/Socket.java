package io.sockeye.server;

import io.sockeye.event.Event;
import io.sockeye.protocol.TransportKind;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.core.type.TypeReference;

/**
 * A client in a namespace. All public methods may be called on any thread and return at once; the calls of one thread
 * take effect in their order. After the disconnection they have no effect, unless the client may come back: see {@link
 * ConnectionStateRecovery}.
 *
 * <pre>{@code
 * server.onConnection(socket -> {
 *     socket.join("lobby");
 *     socket.emit("welcome", socket.id());
 * });
 * }</pre>
 */
public interface Socket extends SocketHandlers<Socket>, Emitter {
    /** The socket's id, which is not a secret; also the name of a room in which the socket is alone. */
    String id();

    /** The namespace that the socket is in; it never changes. */
    Namespace namespace();

    /** The request and the auth payload with which the client joined the namespace. */
    Handshake handshake();

    /** Values that the application keeps with the socket. */
    ConcurrentMap<String, Object> data();

    /** The transport at present; it changes when the client upgrades. */
    TransportKind transport();

    /** Whether the socket is connected; false when {@code onDisconnecting} is called. */
    boolean connected();

    /** Whether the client lost its connection before and came back; see {@link ConnectionStateRecovery}. */
    boolean recovered();

    /**
     * Joins rooms; a room exists as long as a socket is in it.
     *
     * @throws io.sockeye.event.Rejection if the socket would be in more than {@link SocketServerBuilder#maxRooms}; it
     *     is then in those rooms that precede
     */
    void join(String... names);

    /**
     * Joins rooms as {@link #join} does.
     *
     * @return completes, on a thread of the handlers, once events that other servers of the cluster send to these rooms
     *     arrive here, too; fails if the cluster fails
     */
    CompletableFuture<Void> joinEverywhere(String... names);

    /** Leaves a room. The room of the socket's own id is never left. */
    void leave(String room);

    /** The rooms that the socket is in, with the one of its own id. In {@code onDisconnecting} they are still there. */
    Set<String> rooms();

    /** Checks each event of this socket that arrives before any handler gets it. */
    Socket use(EventMiddleware check);

    /** Handles only the next event of that name. */
    Socket once(String event, EventHandler handler);

    /** Handles only the next such event. */
    <T> Socket once(Event<T> event, TypedHandler<T> handler);

    /** Handles only the next event of that name, by its first argument. */
    <T> Socket once(String event, Class<T> type, TypedHandler<T> handler);

    /** Handles only the next event of that name, by its first argument of a generic type. */
    <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler);

    /** Sends DISCONNECT and leaves the namespace. The client does not reconnect by itself. */
    void disconnect();

    /** Disconnects all sockets of the client's connection, then closes it. */
    void disconnectAll();

    /** Closes the client's connection without a DISCONNECT packet; the client reconnects. */
    void closeConnection();
}
