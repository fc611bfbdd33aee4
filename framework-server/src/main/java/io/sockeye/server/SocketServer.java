package io.sockeye.server;

import io.sockeye.server.host.Host;
import io.sockeye.server.internal.server.ServerBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server. What is said of handlers, rooms and broadcasts here means the namespace {@code /}; others come
 * from {@link #of}. All methods may be called on any thread.
 *
 * <pre>{@code
 * SocketServer server = SocketServer.builder().port(3000).build();
 * server.onConnection(socket -> socket.join("lobby"));
 * server.on("say", String.class, (socket, text) -> socket.to("lobby").emit("said", text));
 * server.start();
 * }</pre>
 */
public interface SocketServer extends NamespaceHandlers<SocketServer>, Audience, AutoCloseable {
    /** Settings to begin with. */
    static SocketServerBuilder builder() {
        return new ServerBuilder();
    }

    /**
     * Starts to listen; returns when clients can connect.
     *
     * @throws CannotListenException if the address cannot be had
     * @throws IllegalStateException if it was started before, or if there is no Netty of the version that is needed
     */
    SocketServer start();

    /**
     * Answers the requests of a host that is not the server's own, instead of {@link #start}; returns when clients can
     * connect. What the settings say of addresses, loops and TLS does not count then, and Netty is not needed. The
     * host ends with the server.
     *
     * @throws CannotListenException if clients cannot connect to the host
     * @throws IllegalArgumentException if the host's loops are none, more than 4,096, or not in the order of their indices
     * @throws IllegalStateException if it was started before
     */
    SocketServer attach(Host host);

    /**
     * The port that the server listens on, also if any free one was asked for.
     *
     * @throws IllegalStateException if it does not listen, or on a Unix domain socket
     */
    int port();

    /** How many connections there are at present, each of which may carry sockets of several namespaces; 0 unless started. */
    int connections();

    /**
     * What the server holds, to be watched: a count that only grows is a leak, here or in the application. Each loop counts what
     * it owns in its turn, the next one later, so that numbers of several loops are not of the same moment. That walks over all
     * sockets: about a millisecond of each loop for 10,000 of them; ask every few seconds. The future completes where those of
     * acknowledgements do, at once if the server does not run. What loops hold is zero if the server ends meanwhile.
     */
    CompletableFuture<ServerUsage> usage();

    /** How much of its memory the server holds for clients at the moment; costs next to nothing. */
    ServerMemory memory();

    /** Whether the other servers of the {@link Cluster} can be reached at the moment, as far as it knows; true without one. */
    boolean isClusterHealthy();

    /** Stops within 10 seconds; see {@link #stop}. */
    @Override
    void close();

    /**
     * Takes no more connections, sends what waits, closes all connections in an orderly way and lets running handlers
     * finish; what takes longer than the timeout is cut off. Clients reconnect by themselves when a server is there
     * again. Blocks; further calls only wait. A handler may call it, too, and is not waited for itself; on the event loop
     * it returns at once, and the server stops meanwhile. Handlers on an executor of yours are waited for as well, but
     * not by one of them, nor are they interrupted: end the executor after the server, and do not stop the server in a
     * task that takes the executor's last thread.
     */
    void stop(Duration timeout);

    /**
     * The namespace of that name, which exists from now on. Never waits: while another thread makes its adapter, or still closes
     * that of one that had the name before, what is sent is kept.
     *
     * @throws IllegalArgumentException if the name does not start with a slash or has a comma
     */
    Namespace of(String name);

    /**
     * All namespaces whose whole name matches; each comes into being when it is first joined.
     *
     * <p>A namespace that {@link #of(String)} has made before is none of these; one that it makes later is.
     */
    DynamicNamespace of(Pattern names);

    /** All namespaces that the matcher accepts; each comes into being when it is first joined. */
    DynamicNamespace of(NamespaceMatcher matcher);

    /** Tells the handler of each namespace that comes into being from now on. */
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
