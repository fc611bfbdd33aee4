package io.sockeye.server;

import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.Json;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.TransportKind;
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
 * The settings of a {@link SocketServer}. The defaults are the reference server's, where it has them. Invalid
 * values throw {@link IllegalArgumentException}, here or in {@link #build}. Not thread-safe.
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

    /** The address to listen on; all of the machine's by default. */
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
     *   <li>A client joins the namespace {@code /} unasked, through its middleware; so its credentials are in the query
     *       of the connection. Those of another namespace are in the query of its name, which is the auth payload, and
     *       counts before the connection's own in {@link Handshake#query()}.
     *   <li>A {@link ConnectionRefused} reaches it as an {@code error} that is the data, or the message without data; a
     *       namespace that does not exist, as an object with a {@code message}.
     *   <li>{@link Socket#id()} is the id that such a client computes: the one of its session, behind the name of the
     *       namespace and {@code #} unless that is {@code /}. Who knows it can speak in the client's name, so that it
     *       must not be told to others.
     * </ul>
     */
    SocketServerBuilder allowEIO3(boolean allowed);

    /**
     * Whether browsers that know no CORS may poll by scripts; false by default. A request for it is refused otherwise.
     * Any page can run such a script, with the cookies of its user: who allows it must not tell users by cookies.
     */
    SocketServerBuilder jsonp(boolean allowed);

    /** Checks each handshake before there is a session; all are welcome by default. */
    SocketServerBuilder allowRequest(RequestCheck check);

    /** Checks each handshake before there is a session, and decides later. */
    SocketServerBuilder allowRequestAsync(AsyncRequestCheck decision);

    /**
     * Tells of each request of the protocol that is refused before a connection or a session takes it. Called where
     * handlers run by default, in no order; for those who count, or look for what is wrong with a proxy. While 1,000 wait for
     * a slow handler, it is not told of more. What the executor of handlers rejects is told to the error handler.
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

    /** How the answers of polls are compressed; from 1024 bytes on by default. */
    SocketServerBuilder httpCompression(HttpCompression chosen);

    /** Compresses WebSocket messages for clients that offer it; off by default. */
    SocketServerBuilder perMessageDeflate(PerMessageDeflate chosen);

    /** Which reverse proxies are believed about a client's address and whether it is encrypted; none by default. */
    SocketServerBuilder trustProxy(ProxyTrust trust);

    /** Answers HTTP requests outside the path, such as the page of an application; by default 404, whose bodies are not kept. */
    SocketServerBuilder http(HttpHandler handler);

    /** Answers HTTP requests outside the path, and may do so later; instead of {@link #http}. */
    SocketServerBuilder httpAsync(AsyncHttpHandler handler);

    /** Bytes of one request's body or WebSocket message that are accepted; 1,000,000 by default. */
    SocketServerBuilder maxPayload(int bytes);

    /**
     * Bytes of the first line and the headers of one request that are accepted; 16 KiB by default, as in Node. A token in
     * the query needs room there. Longer ones are answered with 414 or 431, and told to {@link #onConnectionError}.
     */
    SocketServerBuilder maxHeaderSize(int bytes);

    // Connections, handlers and the cluster.

    /** Whether a client that polls may go on over WebSocket; true by default. It is neither offered nor taken otherwise. */
    SocketServerBuilder allowUpgrades(boolean allowed);

    /** How often the server asks whether a client is still there; 25 s by default. */
    SocketServerBuilder pingInterval(Duration interval);

    /** How long a client may take to answer; 20 s by default. */
    SocketServerBuilder pingTimeout(Duration timeout);

    /** How long an upgrade may take, else the client stays where it is; 10 s by default. */
    SocketServerBuilder upgradeTimeout(Duration timeout);

    /** In which time a client must join a namespace, else it is disconnected; 45 s by default. */
    SocketServerBuilder connectTimeout(Duration timeout);

    /** How values become JSON and back, by a Jackson mapper of one's own; its settings stay. */
    SocketServerBuilder json(JsonMapper mapper);

    /** How values become JSON and back; Jackson's defaults unless told. */
    SocketServerBuilder json(Json chosen);

    /**
     * How packets are spelled on the wire; as the specification says by default. Clients must use the same: {@code
     * MsgpackParser} is what they know as {@code socket.io-msgpack-parser}.
     */
    SocketServerBuilder parser(Parser chosen);

    /**
     * Told of what handlers throw, but not of a {@link io.sockeye.event.Rejection} or an {@link EventRefused}; logs it by
     * default. What clients can bring about is logged at debug: an {@link UnexpectedArgumentsException}, and that an
     * answer of theirs did not arrive or does not fit. What a server does wrong that a handler asks by a client is this server's failure.
     */
    SocketServerBuilder onError(ErrorHandler handler);

    /**
     * Decides what is answered to a client whose request failed. By default a {@link io.sockeye.event.Rejection} whose
     * message is {@code unexpected arguments} if they do not fit and {@code internal error} otherwise.
     */
    SocketServerBuilder onRequestError(RequestErrorHandler handler);

    /**
     * Runs handlers, middleware and HTTP routes on this executor, each socket's handlers in order. By default on virtual threads, or before
     * JDK 21 on bounded pools, which grow while their tasks block: one for handlers, one for what lets clients in, one for HTTP routes. The executor is the caller's to end.
     */
    SocketServerBuilder handlerExecutor(Executor executor);

    /**
     * Completes the futures of requests, those of one client in order, on this executor. By default on virtual threads, or
     * before JDK 21 on a bounded pool. Handlers may wait for these futures: it needs threads of its own. The executor is the
     * caller's to end.
     */
    SocketServerBuilder replyExecutor(Executor executor);

    /**
     * From where ids and secrets of clients are drawn; the platform's default by default. What it throws is reported, and the
     * request is answered with 500; if it was for a WebSocket, that ends at once.
     */
    SocketServerBuilder random(SecureRandom source);

    /** Runs handlers on the event loops: the shortest way, on which a handler that blocks stops many clients. */
    SocketServerBuilder handlersOnEventLoop();

    /**
     * Reports a {@link StuckHandlerException} to the error handler for each handler that runs longer; it is not
     * interrupted. By default handlers may take as long as they like.
     */
    SocketServerBuilder handlerDeadline(Duration deadline);

    /** Lets clients that lost their connection come back as who they were; by default they begin anew. */
    SocketServerBuilder connectionStateRecovery(ConnectionStateRecovery chosen);

    /** Reaches the sockets of other servers too; by default the server is alone. */
    SocketServerBuilder adapter(AdapterFactory factory);

    /** Whether a namespace that a client brought into being ends when its last socket leaves; true by default. What handlers were added to it are gone then. */
    SocketServerBuilder cleanupEmptyChildNamespaces(boolean wanted);

    /** The number of event loops, at most 4,096; one for each processor by default. */
    SocketServerBuilder loops(int count);

    /** How the operating system is asked for I/O; the best of the machine by default. */
    SocketServerBuilder ioTransport(IoTransport transport);

    // Limits: see docs/limits.md.

    /** Binary values that one event may carry; 10 by default. */
    SocketServerBuilder maxAttachments(int count);

    /**
     * Bytes that may wait for a client that takes them too slowly, else it is disconnected; 16 MiB by default, or twice {@link #maxPayload} if that is more.
     */
    SocketServerBuilder outboxBytes(long bytes);

    /**
     * How many events of one client in a namespace may wait for their handlers, 1,024 by default. Above it the connection is
     * not read any further, so that the client has to wait. While the client owes an answer, for which a handler may wait, it
     * is read on; above four times as many events, but at least 1,024, it is disconnected then, as {@link
     * DisconnectReason#MAILBOX_OVERFLOW}. So a request that may stay unanswered wants a timeout.
     */
    SocketServerBuilder mailboxLimit(int events);

    /**
     * How many bytes these events may have, as {@link #mailboxLimit}; 4 MiB by default, or twice {@link #maxPayload} if that
     * is more. Four times as many while the client owes an answer.
     */
    SocketServerBuilder mailboxBytes(long bytes);

    /**
     * How many namespaces one client may be in, or wait to be let into, at the same time; 100 by default. A client that
     * asks for more is disconnected. One that has left as many, whose disconnect handlers are not through, is not read
     * any further until they are.
     */
    SocketServerBuilder maxNamespaces(int count);

    /**
     * How long the {@code auth} payload may be with which a client joins a namespace, in bytes; 16 KiB by default. It is kept as
     * long as the socket. A client that sends more is told so by an error when it connects.
     */
    SocketServerBuilder maxAuthBytes(int bytes);

    /**
     * How many bytes the server may hold for all clients together: of what they have sent and is not handled, and of what they
     * have not taken. By default a quarter of the JVM's memory each. Above three quarters of one of them those that hold most
     * are not read any further; above nine tenths the one that holds the most is disconnected, as {@link
     * DisconnectReason#MEMORY}, then the next one, until there is less. There may be one session for each 2 KiB of the first one,
     * 131,072 with a heap of 1 GiB, and a quarter as many that have joined no namespace: of these one goes for each new one. Where nearly
     * as many have joined, those are disconnected, as {@link DisconnectReason#TOO_MANY_SESSIONS}, that come from the address with far more
     * than a new client's, or that poll and have not done so for long; if there are none, new ones are refused.
     */
    SocketServerBuilder memory(long inBytes, long outBytes);

    /** Told of each client that is disconnected because too much is held for it; nobody is by default. */
    SocketServerBuilder onOverflow(OverflowHandler handler);

    /**
     * In how many rooms a socket may be by {@link Socket#join}, 10,000 by default. To join one more fails with a {@link
     * io.sockeye.event.Rejection}, {@code too many rooms}: the answer to a client whose request brought that about. What
     * the application does to many sockets, {@link Audience#socketsJoin}, is not bounded.
     */
    SocketServerBuilder maxRooms(int count);

    /**
     * What happens when the thread of an event loop ends by an error, which mostly means that there is no memory; {@link LoopFailure#CLOSE} by
     * default, which leaves the rest of the process alone. {@link LoopFailure#HALT} suits a process that is nothing but a server, and that is
     * started again by whoever watches it.
     */
    SocketServerBuilder onLoopFailure(LoopFailure chosen);

    /**
     * How many namespaces that clients brought into being, see {@link SocketServer#of(java.util.regex.Pattern)}, there may be at the
     * same time, of all clients together; 10,000 by default, or as many as fit into a quarter of {@link #memory} for what has
     * arrived, in which each counts for 4 KiB. A client that asks for one more is refused with the message
     * {@code too many namespaces}, which is logged once a minute. Those that {@link SocketServer#of(String)} makes do not count.
     */
    SocketServerBuilder maxDynamicNamespaces(int count);

    /**
     * A server with these settings, which does not listen yet.
     *
     * @throws IllegalArgumentException if settings contradict each other
     */
    SocketServer build();
}
