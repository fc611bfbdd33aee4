package io.sockeye.server;

import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.TransportKind;
import io.sockeye.json.Json;
import io.sockeye.server.http.AsyncRequestCheck;
import io.sockeye.server.http.Cookie;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HeaderHook;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpHandler;
import io.sockeye.server.http.PerMessageDeflate;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.http.RequestCheck;
import io.sockeye.server.netty.IoTransport;
import io.sockeye.server.netty.Legacy;
import io.sockeye.server.netty.Tls;
import io.sockeye.socket.Parser;
import io.sockeye.socket.SocketLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings of a {@link SocketServer}. The defaults are the reference server's, where it has them. A value that
 * cannot be is an {@link IllegalArgumentException}, at once or when the server is built. Not thread-safe.
 *
 * <pre>{@code
 * SocketServer server = SocketServer.builder()
 *         .port(3000)
 *         .cors(Cors.origins("https://app.example"))
 *         .build()
 *         .start();
 * }</pre>
 */
public final class SocketServerBuilder {
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

    String host = "0.0.0.0";
    int port = 3000;
    String path = "/socket.io/";
    Set<TransportKind> transports = EnumSet.allOf(TransportKind.class);
    boolean upgrades = true;
    boolean allowEIO3;
    boolean jsonp;
    final HttpOptions httpOptions = new HttpOptions();
    int maxPayload = Limits.DEFAULT.maxPayload();
    int loops = Runtime.getRuntime().availableProcessors();
    IoTransport ioTransport = IoTransport.AUTO;
    Duration connectTimeout = Duration.ofSeconds(45);
    Json json = Json.standard();
    Parser parser = Parser.standard();
    ErrorHandler errors = SocketServerBuilder::log;

    AdapterFactory adapters = AdapterFactory.inMemory();
    boolean cleanupEmptyChildNamespaces;
    int mailboxLimit = 1024;

    /** Null if clients cannot come back. */
    @Nullable
    ConnectionStateRecovery recovery;

    /** Null if handlers may take as long as they like. */
    @Nullable
    Duration handlerDeadline;

    /** Null for one of the server's own. */
    @Nullable
    Executor handlerExecutor;

    private Duration pingInterval = Duration.ofMillis(EngineSettings.DEFAULT.pingIntervalMillis());
    private Duration pingTimeout = Duration.ofMillis(EngineSettings.DEFAULT.pingTimeoutMillis());
    private Duration upgradeTimeout = Duration.ofMillis(EngineSettings.DEFAULT.upgradeTimeoutMillis());
    private long outboxBytes = Limits.DEFAULT.outboxBytes();
    private int maxAttachments = SocketLimits.DEFAULT.attachments();

    SocketServerBuilder() {}

    /** What a client does wrong is not worth more than debug: it could do it as often as it likes. */
    private static void log(Throwable error, String where) {
        if (error instanceof UnexpectedArgumentsException) {
            log.debug("{}: {}", where, error.getMessage());
        } else {
            log.error("{} failed", where, error);
        }
    }

    EngineSettings engineSettings() {
        return new EngineSettings(
                pingInterval.toMillis(),
                pingTimeout.toMillis(),
                upgradeTimeout.toMillis(),
                EngineSettings.DEFAULT.closeTimeoutMillis(),
                new Limits(maxPayload, Limits.DEFAULT.packetsPerPayload(), outboxBytes));
    }

    Legacy legacy() {
        return new Legacy(allowEIO3, jsonp);
    }

    SocketLimits socketLimits() {
        return new SocketLimits(
                maxAttachments, SocketLimits.DEFAULT.namespaceLength(), SocketLimits.DEFAULT.attachmentBytes());
    }

    /** The address to listen on; all of the machine's by default. */
    public SocketServerBuilder host(String name) {
        host = Objects.requireNonNull(name);
        return this;
    }

    /** The port to listen on, 3000 by default; 0 for any free one. */
    public SocketServerBuilder port(int number) {
        if (number < 0 || number > 65535) {
            throw new IllegalArgumentException("port: " + number);
        }
        port = number;
        return this;
    }

    /** Listens on a Unix domain socket instead of a port; its file is removed when the server stops. */
    public SocketServerBuilder unixSocket(Path file) {
        httpOptions.unixSocket = Objects.requireNonNull(file);
        return this;
    }

    /** The path of the protocol's requests, {@code /socket.io/} by default. */
    public SocketServerBuilder path(String name) {
        if (!name.startsWith("/")) {
            throw new IllegalArgumentException("path must start with '/': " + name);
        }
        path = name.endsWith("/") ? name : name + "/";
        return this;
    }

    /** The transports that clients may use; all by default. */
    public SocketServerBuilder transports(TransportKind first, TransportKind... others) {
        transports = EnumSet.of(first, others);
        return this;
    }

    /** Whether a client that polls may go on over WebSocket; true by default. */
    public SocketServerBuilder allowUpgrades(boolean allowed) {
        upgrades = allowed;
        return this;
    }

    /** Whether the official browser client is served below the path; true by default. */
    public SocketServerBuilder serveClient(boolean served) {
        httpOptions.serveClient = served;
        return this;
    }

    /** Which pages of other origins may connect; none by default. */
    public SocketServerBuilder cors(Cors allowed) {
        httpOptions.cors = Objects.requireNonNull(allowed);
        return this;
    }

    /** Checks each handshake before there is a session; all are welcome by default. */
    public SocketServerBuilder allowRequest(RequestCheck check) {
        Objects.requireNonNull(check);
        return allowRequestAsync(AsyncRequestCheck.of(check));
    }

    /** Checks each handshake before there is a session, and decides later. */
    public SocketServerBuilder allowRequestAsync(AsyncRequestCheck check) {
        httpOptions.check = Objects.requireNonNull(check);
        return this;
    }

    /**
     * Whether clients of Socket.IO 2 may connect, which speak revision 3 of Engine.IO; false by default. Their handlers,
     * rooms and events are those of all others, with these differences, as in the reference server:
     *
     * <ul>
     *   <li>A client joins the namespace {@code /} unasked, through its middleware; so its credentials are in the query
     *       of the connection, or of the namespace that it joins, and not in the auth payload.
     *   <li>A {@link ConnectionRefused} reaches it as an {@code error} that is the data, or the message without data.
     *   <li>{@link Socket#id()} is the id that such a client computes: the one of its session, behind the name of the
     *       namespace and {@code #} unless that is {@code /}. Who knows it can speak in the client's name, so that it
     *       must not be told to others.
     * </ul>
     */
    public SocketServerBuilder allowEIO3(boolean allowed) {
        allowEIO3 = allowed;
        return this;
    }

    /**
     * Whether browsers that know no CORS may poll by scripts; false by default. A request for it is refused otherwise.
     * Any page can run such a script, with the cookies of its user: who allows it must not tell users by cookies.
     */
    public SocketServerBuilder jsonp(boolean allowed) {
        jsonp = allowed;
        return this;
    }

    /** Changes the headers of each answer that opens a session; before {@link #headers}. On event loops. */
    public SocketServerBuilder initialHeaders(HeaderHook hook) {
        httpOptions.initialHeaders = Objects.requireNonNull(hook);
        return this;
    }

    /** Changes the headers of each answer of the protocol, also of refusals and of a WebSocket's 101. On event loops. */
    public SocketServerBuilder headers(HeaderHook hook) {
        httpOptions.headers = Objects.requireNonNull(hook);
        return this;
    }

    /** A cookie with the session's id, for load balancers; none by default. */
    public SocketServerBuilder cookie(Cookie chosen) {
        httpOptions.cookie = Objects.requireNonNull(chosen);
        return this;
    }

    /** Encrypts all connections; none are by default. */
    public SocketServerBuilder tls(Tls chosen) {
        httpOptions.tls = Objects.requireNonNull(chosen);
        return this;
    }

    /** How the answers of polls are compressed; from 1024 bytes on by default. */
    public SocketServerBuilder httpCompression(HttpCompression chosen) {
        httpOptions.compression = Objects.requireNonNull(chosen);
        return this;
    }

    /** Compresses WebSocket messages for clients that offer it; off by default. */
    public SocketServerBuilder perMessageDeflate(PerMessageDeflate chosen) {
        httpOptions.deflate = Objects.requireNonNull(chosen);
        return this;
    }

    /** Which reverse proxies are believed about a client's address and whether it is encrypted; none by default. */
    public SocketServerBuilder trustProxy(ProxyTrust trust) {
        httpOptions.proxies = Objects.requireNonNull(trust);
        return this;
    }

    /** How often the server asks whether a client is still there; 25 s by default. */
    public SocketServerBuilder pingInterval(Duration interval) {
        pingInterval = interval;
        return this;
    }

    /** How long a client may take to answer; 20 s by default. */
    public SocketServerBuilder pingTimeout(Duration timeout) {
        pingTimeout = timeout;
        return this;
    }

    /** How long an upgrade may take, else the client stays where it is; 10 s by default. */
    public SocketServerBuilder upgradeTimeout(Duration timeout) {
        upgradeTimeout = timeout;
        return this;
    }

    /** In which time a client must join a namespace, else it is disconnected; 45 s by default. */
    public SocketServerBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    /** Bytes of one request's body or WebSocket message that are accepted; 1,000,000 by default. */
    public SocketServerBuilder maxPayload(int bytes) {
        maxPayload = bytes;
        return this;
    }

    /** Binary values that one event may carry; 10 by default. */
    public SocketServerBuilder maxAttachments(int count) {
        maxAttachments = count;
        return this;
    }

    /** Bytes that may wait for a client that takes them too slowly, else it is disconnected; 16 MiB by default. */
    public SocketServerBuilder outboxBytes(long bytes) {
        outboxBytes = bytes;
        return this;
    }

    /** Answers HTTP requests outside the path, such as the page of an application; 404 by default. */
    public SocketServerBuilder http(HttpHandler handler) {
        httpOptions.routes = Objects.requireNonNull(handler);
        return this;
    }

    /** How values become JSON and back, by a Jackson mapper of one's own; its settings stay. */
    public SocketServerBuilder json(JsonMapper mapper) {
        return json(Json.of(mapper));
    }

    /** How values become JSON and back; Jackson's defaults unless told. */
    public SocketServerBuilder json(Json chosen) {
        json = Objects.requireNonNull(chosen);
        return this;
    }

    /**
     * How packets are spelled on the wire; as the specification says by default. Clients must use the same: {@code
     * MsgpackParser} is what they know as {@code socket.io-msgpack-parser}.
     */
    public SocketServerBuilder parser(Parser chosen) {
        parser = Objects.requireNonNull(chosen);
        return this;
    }

    /** Told of what handlers throw; logs it by default, an {@link UnexpectedArgumentsException} at debug. */
    public SocketServerBuilder onError(ErrorHandler handler) {
        errors = Objects.requireNonNull(handler);
        return this;
    }

    /**
     * Runs handlers on this executor, each socket's in order. By default on virtual threads, or before JDK 21 on a
     * bounded pool. The executor is the caller's to end.
     */
    public SocketServerBuilder handlerExecutor(Executor executor) {
        handlerExecutor = Objects.requireNonNull(executor);
        return this;
    }

    /** Runs handlers on the event loops: the shortest way, on which a handler that blocks stops many clients. */
    public SocketServerBuilder handlersOnEventLoop() {
        return handlerExecutor(HandlerExecutor.EVENT_LOOP);
    }

    /**
     * How many events of one socket may wait for their handlers, 1,024 by default. Above it the connection is not read
     * any further, so that the client has to wait.
     */
    public SocketServerBuilder mailboxLimit(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("mailboxLimit: " + events);
        }
        mailboxLimit = events;
        return this;
    }

    /**
     * Reports a {@link StuckHandlerException} to the error handler for each handler that runs longer; it is not
     * interrupted. By default handlers may take as long as they like.
     */
    public SocketServerBuilder handlerDeadline(Duration deadline) {
        if (deadline.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("handlerDeadline: " + deadline);
        }
        handlerDeadline = deadline;
        return this;
    }

    /** Lets clients that lost their connection come back as who they were; by default they begin anew. */
    public SocketServerBuilder connectionStateRecovery(ConnectionStateRecovery settings) {
        recovery = Objects.requireNonNull(settings);
        return this;
    }

    /** Reaches the sockets of other servers too; by default the server is alone. */
    public SocketServerBuilder adapter(AdapterFactory factory) {
        adapters = Objects.requireNonNull(factory);
        return this;
    }

    /** Whether a namespace that came into being by a pattern ends when its last socket leaves; false by default. */
    public SocketServerBuilder cleanupEmptyChildNamespaces(boolean wanted) {
        cleanupEmptyChildNamespaces = wanted;
        return this;
    }

    /** The number of event loops; one for each processor by default. */
    public SocketServerBuilder loops(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("loops: " + count);
        }
        loops = count;
        return this;
    }

    /** How the operating system is asked for I/O; the best of the machine by default. */
    public SocketServerBuilder ioTransport(IoTransport transport) {
        ioTransport = Objects.requireNonNull(transport);
        return this;
    }

    /** A server with these settings, which does not listen yet. */
    public SocketServer build() {
        return new SocketServer(this);
    }
}
