package io.sockeye.server;

import io.sockeye.server.adapter.Cluster;
import io.sockeye.server.host.Host;
import io.sockeye.server.internal.server.ServerBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server. Its handlers, rooms and broadcasts are those of the namespace {@code /}; other namespaces are
 * made by {@link #of}. All methods may be called on any thread.
 *
 * <pre>{@code
 * SocketServer server = SocketServer.builder().port(3000).build();
 * server.onConnection(socket -> socket.join("lobby"));
 * server.on("say", String.class, (socket, text) -> socket.to("lobby").emit("said", text));
 * server.start();
 * }</pre>
 */
public interface SocketServer extends NamespaceHandlers<SocketServer>, Audience, AutoCloseable {
    /** A builder with the default settings. */
    static SocketServerBuilder builder() {
        return new ServerBuilder();
    }

    /**
     * Starts to listen; returns when clients can connect.
     *
     * @throws CannotListenException if it cannot listen on the address
     * @throws IllegalStateException if it was started before, or if Netty is missing or of another version than is
     *     needed
     */
    SocketServer start();

    /**
     * Answers the requests of a host that is not the server's own, instead of {@link #start}; returns when clients can
     * connect. The settings of addresses, loops and TLS have no effect then, and Netty is not needed. The host is shut
     * down with the server.
     *
     * @throws CannotListenException if clients cannot connect to the host
     * @throws IllegalArgumentException if the host's loops are none, more than 4,096, or not in the order of their indices
     * @throws IllegalStateException if it was started before
     */
    SocketServer attach(Host host);

    /**
     * The port that the server listens on, also if port 0 was set.
     *
     * @throws IllegalStateException if it does not listen, or on a Unix domain socket
     */
    int port();

    /** How many connections there are at present, each of which may carry sockets of several namespaces; 0 unless started. */
    int connections();

    /**
     * Counts what the server holds, for monitoring: a count that only grows is a leak, here or in the application. The
     * loops count one after another, so that their numbers are not of the same moment. Counting visits all sockets:
     * about a millisecond of each loop for 10,000 of them, so call it every few seconds at most. The future completes
     * on a thread of the futures of requests; at once if the server does not run. If the server stops meanwhile, the
     * numbers of loops are zero.
     */
    CompletableFuture<ServerUsage> usage();

    /** The bytes that the server holds for clients at present; cheap. */
    ServerMemory memory();

    /**
     * Whether the other servers of the {@link Cluster} can be reached at present, as far as it is known; true without a
     * cluster.
     */
    boolean isClusterHealthy();

    /** Stops within 10 seconds; see {@link #stop}. */
    @Override
    void close();

    /**
     * Accepts no more connections, sends what is queued, closes all connections in an orderly way and waits for running
     * handlers; after the timeout the rest is cut off. Clients reconnect by themselves when a server is there again.
     * Blocks; further calls only wait. A handler may call it, and is not waited for itself; on the event loop it
     * returns at once, and the server stops meanwhile. Handlers on an executor of yours are waited for, too, except
     * when one of them makes the call, and they are not interrupted: shut the executor down after the server, and do
     * not stop the server in a task that takes the executor's last thread.
     */
    void stop(Duration timeout);

    /**
     * The namespace of that name, which exists from now on. Never waits: events that are sent while another thread
     * makes its adapter, or closes that of an earlier namespace of the name, are kept.
     *
     * @throws IllegalArgumentException if the name does not start with a slash or has a comma
     */
    Namespace of(String name);

    /**
     * All namespaces whose whole name matches; each is created when it is first joined.
     *
     * <p>A namespace that {@link #of(String)} has made before does not belong to them; one that it makes later does.
     */
    DynamicNamespace of(Pattern names);

    /** All namespaces that the matcher accepts; each is created when it is first joined. */
    DynamicNamespace of(NamespaceMatcher matcher);

    /** Calls the handler for each namespace that is created from now on. */
    SocketServer onNamespace(NamespaceHandler handler);

    /** See {@link Namespace#socket}. */
    Optional<Socket> socket(String id);

    /** See {@link Namespace#onRooms}. */
    SocketServer onRooms(RoomListener listener);

    /** See {@link Namespace#onServerEvent}. */
    SocketServer onServerEvent(String event, ServerEventHandler handler);

    /** See {@link Namespace#serverSideEmit}. */
    void serverSideEmit(String event, @Nullable Object @Nullable ... args);

    /** See {@link Namespace#serverSideRequest}. */
    CompletableFuture<Answers> serverSideRequest(Duration timeout, String event, @Nullable Object @Nullable ... args);

    @Override
    Broadcast broadcast();
}
