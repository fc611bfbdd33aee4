package io.sockeye.server;

import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.Json;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.adapter.AdapterFactory;
import io.sockeye.server.http.AsyncHttpHandler;
import io.sockeye.server.http.AsyncRequestCheck;
import io.sockeye.server.http.ConnectionError;
import io.sockeye.server.http.Cookie;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HeaderHook;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpHandler;
import io.sockeye.server.http.PerMessageDeflate;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.http.RequestCheck;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings of a {@link SocketServer}. The defaults are those of the reference server, if it has the setting.
 * Invalid values throw {@link IllegalArgumentException}, here or in {@link #build}. Not thread-safe.
 *
 * <pre>{@code
 * SocketServer server = SocketServer.builder()
 *         .port(3000)
 *         .cors(Cors.origins("https://app.example"))
 *         .build()
 *         .start();
 * }</pre>
 */
public interface SocketServerBuilder {
    // HTTP.

    /** The address to listen on; all addresses of the machine by default. */
    SocketServerBuilder host(String name);

    /** The port to listen on, 3000 by default; 0 for any free one. */
    SocketServerBuilder port(int number);

    /** Listens on a Unix domain socket instead of a port; its file is removed when the server stops. */
    SocketServerBuilder unixSocket(Path file);

    /** The path of the protocol's requests, {@code /socket.io/} by default. */
    SocketServerBuilder path(String name);

    /**
     * Whether the path of requests ends with a slash, as that of the official clients does; true by default. With false,
     * {@code /socket.io} is served as {@code /socket.io/} is, for clients with {@code addTrailingSlash: false}.
     */
    SocketServerBuilder addTrailingSlash(boolean wanted);

    /** The transports that clients may use; all by default. */
    SocketServerBuilder transports(TransportKind first, TransportKind... others);

    /** Whether the official browser client is served below the path; true by default. */
    SocketServerBuilder serveClient(boolean served);

    /** Which pages of other origins may use the server; none by default. */
    SocketServerBuilder cors(Cors allowed);

    /**
     * Whether clients of Socket.IO 2 may connect, which speak revision 3 of Engine.IO; false by default. Their handlers,
     * rooms and events are those of all others, with these differences, as in the reference server:
     *
     * <ul>
     *   <li>A client joins the namespace {@code /} without a CONNECT, through its middleware; so its credentials are in
     *       the query of the connection. Those for another namespace are in the query of its name, which is the auth
     *       payload, and precedes the connection's own in {@link Handshake#query()}.
     *   <li>A {@link ConnectionRefused} reaches it as an {@code error} that is the data, or the message without data; a
     *       namespace that does not exist, as an object with a {@code message}.
     *   <li>{@link Socket#id()} is the id that such a client computes: the one of its session, behind the name of the
     *       namespace and {@code #} unless that is {@code /}. Whoever knows it can send in the client's name, so it
     *       must be kept secret.
     * </ul>
     */
    SocketServerBuilder allowEIO3(boolean allowed);

    /**
     * Whether browsers without CORS may poll by scripts (JSONP); false by default, which refuses such requests. Any
     * page can run such a script, with the cookies of its user: do not identify users by cookies if you allow it.
     */
    SocketServerBuilder jsonp(boolean allowed);

    /** Checks each handshake before there is a session; by default all are accepted. */
    SocketServerBuilder allowRequest(RequestCheck check);

    /** Checks each handshake before there is a session, and decides later. */
    SocketServerBuilder allowRequestAsync(AsyncRequestCheck decision);

    /**
     * Calls the handler for each request of the protocol that is refused before it reaches a connection or a session,
     * for example to count them or to find faults of a proxy. Called on the executor of handlers, in no order. While
     * 1,000 wait for a slow handler, it is not called for more. If the executor rejects the call, that is reported to
     * the error handler.
     */
    SocketServerBuilder onConnectionError(Consumer<ConnectionError> handler);

    /** Changes the headers of each answer that opens a session; before {@link #headers}. On event loops. */
    SocketServerBuilder initialHeaders(HeaderHook hook);

    /** Changes the headers of each answer of the protocol, also of refusals and of a WebSocket's 101. On event loops. */
    SocketServerBuilder headers(HeaderHook hook);

    /** A cookie with the session's id, for load balancers; none by default. */
    SocketServerBuilder cookie(Cookie chosen);

    /** Encrypts all connections; none are by default. */
    SocketServerBuilder tls(Tls chosen);

    /** How answers to polls are compressed; from 1024 bytes on by default. */
    SocketServerBuilder httpCompression(HttpCompression chosen);

    /** Compresses WebSocket messages for clients that offer it; off by default. */
    SocketServerBuilder perMessageDeflate(PerMessageDeflate chosen);

    /**
     * Which reverse proxies are trusted about a client's address and whether its connection is encrypted; none by
     * default.
     */
    SocketServerBuilder trustProxy(ProxyTrust trust);

    /** Answers HTTP requests outside the path, such as the page of an application; by default 404, whose bodies are not kept. */
    SocketServerBuilder http(HttpHandler handler);

    /** Answers HTTP requests outside the path, and may do so later; instead of {@link #http}. */
    SocketServerBuilder httpAsync(AsyncHttpHandler handler);

    /** Bytes of one request's body or WebSocket message that are accepted; 1,000,000 by default. */
    SocketServerBuilder maxPayload(int bytes);

    /**
     * Bytes of the first line and the headers of one request that are accepted; 16 KiB by default, as in Node. A token in
     * the query needs room there. Longer ones are answered with 414 or 431, and passed to {@link #onConnectionError}.
     */
    SocketServerBuilder maxHeaderSize(int bytes);

    // Connections, handlers and the cluster.

    /**
     * Whether a client that polls may upgrade to WebSocket; true by default. With false, upgrades are neither offered
     * nor accepted.
     */
    SocketServerBuilder allowUpgrades(boolean allowed);

    /** The time between two pings; 25 s by default. */
    SocketServerBuilder pingInterval(Duration interval);

    /** How long a client may take to answer a ping before it is disconnected; 20 s by default. */
    SocketServerBuilder pingTimeout(Duration timeout);

    /** How long an upgrade may take; after that the client stays with its transport. 10 s by default. */
    SocketServerBuilder upgradeTimeout(Duration timeout);

    /** The time in which a client must join a namespace; otherwise it is disconnected. 45 s by default. */
    SocketServerBuilder connectTimeout(Duration timeout);

    /** Reads and writes JSON by this Jackson mapper, whose settings stay. */
    SocketServerBuilder json(JsonMapper mapper);

    /** Reads and writes JSON by this object; by default with Jackson's default settings. */
    SocketServerBuilder json(Json chosen);

    /**
     * Encodes and decodes packets; by default as in the specification. Clients must use the same parser: for {@code
     * MsgpackParser} it is {@code socket.io-msgpack-parser}.
     */
    SocketServerBuilder parser(Parser chosen);

    /**
     * Called with the exceptions of handlers, except {@link io.sockeye.event.Rejection} and {@link EventRefused}; by
     * default they are logged. Exceptions that a client can cause are logged at debug: an {@link
     * UnexpectedArgumentsException}, and a missing or unfit answer of a client. If a handler uses a Socket.IO client,
     * the failures of that client's server count as failures of this server.
     */
    SocketServerBuilder onError(ErrorHandler handler);

    /**
     * Decides the answer to a request that failed. By default a {@link io.sockeye.event.Rejection} whose message is
     * {@code unexpected arguments} if they do not fit and {@code internal error} otherwise.
     */
    SocketServerBuilder onRequestError(RequestErrorHandler handler);

    /**
     * Runs handlers, middleware and HTTP routes on this executor, each socket's handlers in order. By default on virtual threads, or before
     * JDK 21 on bounded pools, which grow while their tasks block: one for handlers, one for middleware and checks, one
     * for HTTP routes. The server does not shut the executor down.
     */
    SocketServerBuilder handlerExecutor(Executor executor);

    /**
     * Completes the futures of requests, those of one client in order, on this executor. By default on virtual threads, or
     * before JDK 21 on a bounded pool. Handlers may wait for these futures, so it must not share threads with them. The
     * server does not shut the executor down.
     */
    SocketServerBuilder replyExecutor(Executor executor);

    /**
     * The source of the ids and secrets of clients; by default {@code new SecureRandom()}. If it throws, that is
     * reported, and the request is answered with 500; a WebSocket is closed at once.
     */
    SocketServerBuilder random(SecureRandom source);

    /**
     * Runs handlers on the event loops: the lowest latency, but a handler that blocks stops all clients of its loop.
     */
    SocketServerBuilder handlersOnEventLoop();

    /**
     * Reports a {@link StuckHandlerException} to the error handler for each handler that runs longer; it is not
     * interrupted. By default there is no deadline.
     */
    SocketServerBuilder handlerDeadline(Duration deadline);

    /** Lets clients that lost their connection recover their session; by default they get a new one. */
    SocketServerBuilder connectionStateRecovery(ConnectionStateRecovery chosen);

    /** Makes the adapters that reach the sockets of other servers, too; by default there are no other servers. */
    SocketServerBuilder adapter(AdapterFactory factory);

    /**
     * Whether a namespace that was created for a client is removed when its last socket leaves, with the handlers that
     * were added to it; true by default.
     */
    SocketServerBuilder cleanupEmptyChildNamespaces(boolean wanted);

    /** The number of event loops, at most 4,096; one for each processor by default. */
    SocketServerBuilder loops(int count);

    /** The operating system's interface for I/O; by default the best that is available. */
    SocketServerBuilder ioTransport(IoTransport transport);

    // Limits: see docs/limits.md.

    /** Binary values that one event may carry; 10 by default. */
    SocketServerBuilder maxAttachments(int count);

    /**
     * Bytes that may be queued for a client that reads too slowly; above that it is disconnected. 16 MiB by default, or
     * twice {@link #maxPayload} if that is more.
     */
    SocketServerBuilder outboxBytes(long bytes);

    /**
     * How many events of one client in a namespace may wait for their handlers, 1,024 by default. Above it the server
     * stops reading from the connection, so that the client has to wait. While the client owes an answer, for which a
     * handler may wait, it is still read; above four times as many events, but at least 1,024, it is then disconnected,
     * as {@link DisconnectReason#MAILBOX_OVERFLOW}. So give each request that may stay unanswered a timeout.
     */
    SocketServerBuilder mailboxLimit(int events);

    /**
     * How many bytes these events may have, as {@link #mailboxLimit}; 4 MiB by default, or twice {@link #maxPayload} if that
     * is more. Four times as many while the client owes an answer.
     */
    SocketServerBuilder mailboxBytes(long bytes);

    /**
     * How many namespaces one client may be in, or wait to join, at the same time; 100 by default. A client that asks
     * for more is disconnected. After a client has left as many, the server stops reading from it until their
     * disconnect handlers have ended.
     */
    SocketServerBuilder maxNamespaces(int count);

    /**
     * How long the {@code auth} payload may be with which a client joins a namespace, in bytes; 16 KiB by default. It is kept as
     * long as the socket. A client that sends more gets a CONNECT_ERROR.
     */
    SocketServerBuilder maxAuthBytes(int bytes);

    /**
     * How many bytes the server may hold for all clients together: those that they have sent and that are not handled,
     * and those that they have not taken. By default a quarter of the JVM's memory each. Above three quarters of one
     * limit the server stops reading from those that hold the most; above nine tenths the one that holds the most is
     * disconnected, as {@link DisconnectReason#MEMORY}, then the next one, until less is held. There may be one session
     * for each 2 KiB of the first one, 131,072 with a heap of 1 GiB, and a quarter as many that have joined no
     * namespace: beyond that a new one replaces one of these. When nearly as many have joined as may, sessions are
     * disconnected for new ones, as {@link DisconnectReason#TOO_MANY_SESSIONS}: those of an address with far more than
     * the new client's, or those that poll and have not done so for long; if there are none, new ones are refused.
     */
    SocketServerBuilder memory(long inBytes, long outBytes);

    /** Called for each client that is disconnected because too much is held for it; by default there is no handler. */
    SocketServerBuilder onOverflow(OverflowHandler handler);

    /**
     * The number of rooms up to which {@link Socket#join} adds a socket, 10,000 by default. Joining one more throws a
     * {@link io.sockeye.event.Rejection}, {@code too many rooms}, which becomes the answer if a client's request caused
     * it. {@link Audience#socketsJoin} has no such limit.
     */
    SocketServerBuilder maxRooms(int count);

    /**
     * What happens when the thread of an event loop ends by an error, which mostly means that there is no memory;
     * {@link LoopFailure#CLOSE} by default, which does not affect the rest of the process. {@link LoopFailure#HALT}
     * suits a process that does nothing else and that a supervisor restarts.
     */
    SocketServerBuilder onLoopFailure(LoopFailure chosen);

    /**
     * How many namespaces that were created for clients, see {@link SocketServer#of(java.util.regex.Pattern)}, may
     * exist at the same time, for all clients together; 10,000 by default, or as many as fit into a quarter of {@link
     * #memory} for what has arrived, in which each counts for 4 KiB. A client that asks for one more is refused with
     * the message {@code too many namespaces}, which is logged once a minute. Those that {@link
     * SocketServer#of(String)} makes do not count.
     */
    SocketServerBuilder maxDynamicNamespaces(int count);

    /**
     * A server with these settings, which does not listen yet.
     *
     * @throws IllegalArgumentException if settings contradict each other
     */
    SocketServer build();
}
