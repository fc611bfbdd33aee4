package io.sockeye.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A part of the server with handlers, middleware and sockets of its own. A client uses one connection for all
 * namespaces. All methods may be called on any thread.
 *
 * <pre>{@code
 * var admin = server.of("/admin");
 * admin.on("ban", String.class, (socket, name) -> admin.to("moderators").emit("banned", name));
 * }</pre>
 */
public interface Namespace extends NamespaceHandlers<Namespace>, Audience {
    /** The name, starting with a slash. */
    String name();

    /**
     * The socket of that id, if it is on this server and its client is connected at present. Use {@code to(id)} for
     * sockets of other servers.
     */
    Optional<Socket> socket(String id);

    @Override
    Broadcast broadcast();

    /** Runs the handlers of sockets that join from now on on this executor; see {@link SocketServerBuilder#handlerExecutor}. */
    Namespace handlerExecutor(Executor executor);

    /** Runs the handlers of sockets that join from now on on the event loops, where they must not block. */
    Namespace handlersOnEventLoop();

    /** Calls the listener for changes of the rooms of this server from now on. */
    Namespace onRooms(RoomListener listener);

    /** Handles an event that other servers of the cluster send with {@link #serverSideEmit}. */
    Namespace onServerEvent(String event, ServerEventHandler handler);

    /** Sends an event to the other servers of the cluster; without a cluster there are none. */
    void serverSideEmit(String event, @Nullable Object @Nullable ... args);

    /**
     * Sends an event to the other servers of the cluster and asks each for an acknowledgement. The future is completed
     * as that of {@link Audience#request}.
     *
     * @param timeout how long to wait for the others
     */
    CompletableFuture<Answers> serverSideRequest(Duration timeout, String event, @Nullable Object @Nullable ... args);
}
