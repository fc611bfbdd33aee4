package io.sockeye.server;

import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Upgrades;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.Json;
import io.sockeye.server.netty.EventLoops;
import io.sockeye.server.netty.IoTransport;
import io.sockeye.socket.Parser;
import io.sockeye.socket.SocketLimits;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
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
public final class SocketServerBuilder extends LimitOptions<SocketServerBuilder> {
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);
    /** Timers of JavaScript that are longer, such as those of clients for pings, end at once. */
    private static final Duration LONGEST_TIMER = Duration.ofMillis(Integer.MAX_VALUE);

    int loops = Runtime.getRuntime().availableProcessors();
    IoTransport ioTransport = IoTransport.AUTO;
    Duration connectTimeout = Duration.ofSeconds(45);
    Json json = Json.standard();
    Parser parser = Parser.standard();
    ErrorHandler errors = SocketServerBuilder::log;
    RequestErrorHandler requestErrors = (socket, event, error) -> Refusals.usual(error);

    AdapterFactory adapters = AdapterFactory.inMemory();
    boolean cleanupEmptyChildNamespaces = true;

    /** Null if clients cannot come back. */
    @Nullable
    ConnectionStateRecovery recovery;

    /** Null if handlers may take as long as they like. */
    @Nullable
    Duration handlerDeadline;

    /** Null for one of the server's own. */
    @Nullable
    Executor handlerExecutor;

    /** Null for one of the server's own. */
    @Nullable
    Executor replyExecutor;

    /** Null for the platform's. */
    @Nullable
    SecureRandom random;

    private Duration pingInterval = Duration.ofMillis(EngineSettings.DEFAULT.pingIntervalMillis());
    private Duration pingTimeout = Duration.ofMillis(EngineSettings.DEFAULT.pingTimeoutMillis());
    private boolean upgrades = true;
    private Duration upgradeTimeout = Duration.ofMillis(EngineSettings.DEFAULT.upgradeTimeoutMillis());

    SocketServerBuilder() {}

    @Override
    SocketServerBuilder self() {
        return this;
    }

    /** What a client does wrong is not worth more than debug: it could do it as often as it likes. */
    private static void log(Throwable error, String where) {
        if (Blame.isOfClient(error)) {
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
                Limits.of(maxPayload, usualOutboxBytes()),
                upgrades ? Upgrades.STANDARD.to(transports) : Upgrades.NONE);
    }

    SocketLimits socketLimits() {
        return SocketLimits.of(maxAttachments, maxPayload);
    }

    /** Whether a client that polls may go on over WebSocket; true by default. It is neither offered nor taken otherwise. */
    public SocketServerBuilder allowUpgrades(boolean allowed) {
        upgrades = allowed;
        return this;
    }

    /** How often the server asks whether a client is still there; 25 s by default. */
    public SocketServerBuilder pingInterval(Duration interval) {
        pingInterval = Setting.time("pingInterval", interval, LONGEST_TIMER);
        return this;
    }

    /** How long a client may take to answer; 20 s by default. */
    public SocketServerBuilder pingTimeout(Duration timeout) {
        pingTimeout = Setting.time("pingTimeout", timeout, LONGEST_TIMER);
        return this;
    }

    /** How long an upgrade may take, else the client stays where it is; 10 s by default. */
    public SocketServerBuilder upgradeTimeout(Duration timeout) {
        upgradeTimeout = Setting.time("upgradeTimeout", timeout);
        return this;
    }

    /** In which time a client must join a namespace, else it is disconnected; 45 s by default. */
    public SocketServerBuilder connectTimeout(Duration timeout) {
        connectTimeout = Setting.time("connectTimeout", timeout);
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

    /**
     * Told of what handlers throw, but not of a {@link io.sockeye.event.Rejection} or an {@link EventRefused}; logs it by
     * default. What clients can bring about is logged at debug: an {@link UnexpectedArgumentsException}, and that an
     * answer of theirs did not arrive or does not fit. What a server does wrong that a handler asks by a client is this server's failure.
     */
    public SocketServerBuilder onError(ErrorHandler handler) {
        errors = Objects.requireNonNull(handler);
        return this;
    }

    /**
     * Decides what is answered to a client whose request failed. By default a {@link io.sockeye.event.Rejection} whose
     * message is {@code unexpected arguments} if they do not fit and {@code internal error} otherwise.
     */
    public SocketServerBuilder onRequestError(RequestErrorHandler handler) {
        requestErrors = Objects.requireNonNull(handler);
        return this;
    }

    /**
     * Runs handlers, middleware and HTTP routes on this executor, each socket's handlers in order. By default on virtual threads, or before
     * JDK 21 on bounded pools, which grow while their tasks block: one for handlers, one for what lets clients in, one for HTTP routes. The executor is the caller's to end.
     */
    public SocketServerBuilder handlerExecutor(Executor executor) {
        handlerExecutor = Objects.requireNonNull(executor);
        return this;
    }

    /**
     * Completes the futures of requests, those of one client in order, on this executor. By default on virtual threads, or
     * before JDK 21 on a bounded pool. Handlers may wait for these futures: it needs threads of its own. The executor is the
     * caller's to end.
     */
    public SocketServerBuilder replyExecutor(Executor executor) {
        replyExecutor = Objects.requireNonNull(executor);
        return this;
    }

    /**
     * From where ids and secrets of clients are drawn; the platform's default by default. What it throws is reported, and the
     * request is answered with 500; if it was for a WebSocket, that ends at once.
     */
    public SocketServerBuilder random(SecureRandom source) {
        random = Objects.requireNonNull(source);
        return this;
    }

    /** Runs handlers on the event loops: the shortest way, on which a handler that blocks stops many clients. */
    public SocketServerBuilder handlersOnEventLoop() {
        return handlerExecutor(HandlerExecutor.EVENT_LOOP);
    }

    /**
     * Reports a {@link StuckHandlerException} to the error handler for each handler that runs longer; it is not
     * interrupted. By default handlers may take as long as they like.
     */
    public SocketServerBuilder handlerDeadline(Duration deadline) {
        handlerDeadline = Setting.time("handlerDeadline", deadline);
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

    /** Whether a namespace that a client brought into being ends when its last socket leaves; true by default. What handlers were added to it are gone then. */
    public SocketServerBuilder cleanupEmptyChildNamespaces(boolean wanted) {
        cleanupEmptyChildNamespaces = wanted;
        return this;
    }

    /** The number of event loops, at most 4,096; one for each processor by default. */
    public SocketServerBuilder loops(int count) {
        loops = Setting.between(1, EventLoops.MAX_COUNT, "loops", count);
        return this;
    }

    /** How the operating system is asked for I/O; the best of the machine by default. */
    public SocketServerBuilder ioTransport(IoTransport transport) {
        ioTransport = Objects.requireNonNull(transport);
        return this;
    }

    /**
     * A server with these settings, which does not listen yet.
     *
     * @throws IllegalArgumentException if settings contradict each other
     */
    public SocketServer build() {
        Setting.time("pingInterval + pingTimeout", pingInterval.plus(pingTimeout), LONGEST_TIMER);
        return new SockeyeServer(this);
    }
}
