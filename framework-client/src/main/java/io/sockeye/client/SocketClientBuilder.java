package io.sockeye.client;

import io.sockeye.client.internal.http.Transports;
import io.sockeye.client.internal.threads.ClientThreads;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.client.internal.threads.LoopThread;
import io.sockeye.engine.ClientSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.TransportKind;
import io.sockeye.json.Json;
import io.sockeye.socket.Parser;
import io.sockeye.socket.SocketLimits;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings of a {@link SocketClient}. The defaults are the official client's. A value that cannot be is an {@link
 * IllegalArgumentException}, at once or when the client is built. Not thread-safe.
 *
 * <pre>{@code
 * SocketClient client = SocketClient.builder("https://chat.example")
 *         .auth(() -> Map.of("token", tokens.fresh()))
 *         .reconnection(Reconnection.DEFAULT.delay(Duration.ofMillis(500), Duration.ofSeconds(30)))
 *         .build();
 * }</pre>
 */
public final class SocketClientBuilder extends HttpOptions<SocketClientBuilder> {
    private static final Logger log = LoggerFactory.getLogger(SocketClient.class);
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;

    private List<TransportKind> kinds = List.of(TransportKind.POLLING, TransportKind.WEBSOCKET);
    private boolean upgrade = true;
    private boolean rememberUpgrade;
    private boolean tryAllTransports;
    private Reconnection reconnection = Reconnection.DEFAULT;
    private int retries;
    private int maxAttachments = 1_000;
    private int mailboxLimit = 10_000;
    private long outboxBytes = 16L << 20;
    private Parser parser = Parser.standard();
    private Json json = Json.standard();
    private ErrorHandler errors = (error, where) -> log.error("{} failed", where, error);

    private RequestErrorHandler requestErrors = (event, error) -> RequestAnswers.usual(error);
    private Consumer<NotSentException> overflows = full -> {
        throw full;
    };
    private Duration ackTimeout = Duration.ofSeconds(30);
    /** Null if nothing is said. */
    private @Nullable Object auth;
    /** Null for threads of the client's own. */
    private @Nullable Executor handlerExecutor;

    SocketClientBuilder(URI url) {
        super(url);
    }

    @Override
    SocketClientBuilder self() {
        return this;
    }

    /** Says who the user is to each namespace; see {@link Socket#auth(Object)}. {@code build()} refuses what is no object. */
    public SocketClientBuilder auth(Object credentials) {
        auth = Objects.requireNonNull(credentials, "auth");
        return this;
    }

    /** Says who the user is, asked anew at each connection; see {@link Socket#auth(Supplier)}. */
    public SocketClientBuilder auth(Supplier<?> credentials) {
        auth = Objects.requireNonNull(credentials, "auth");
        return this;
    }

    /**
     * The transports that may be used; the first one is tried first. By default polling, which goes on over WebSocket
     * where that is possible. {@code transports(WEBSOCKET)} alone is faster, where nothing on the way stops WebSocket.
     */
    public SocketClientBuilder transports(TransportKind... kinds) {
        for (var kind : Objects.requireNonNull(kinds, "transports")) {
            Objects.requireNonNull(kind, "transports");
        }
        if (kinds.length == 0 || new HashSet<>(List.of(kinds)).size() < kinds.length) {
            throw new IllegalArgumentException(
                    "transports: " + List.of(kinds) + ", must be one at least, and each once");
        }
        this.kinds = List.of(kinds);
        return this;
    }

    /** Whether a connection that polls goes on over WebSocket where the server offers it; true by default. */
    public SocketClientBuilder upgrade(boolean wanted) {
        upgrade = wanted;
        return this;
    }

    /** Whether to begin with WebSocket when it worked the last time, without polling first; false by default. */
    public SocketClientBuilder rememberUpgrade(boolean wanted) {
        rememberUpgrade = wanted;
        return this;
    }

    /** Whether to try the next transport when one cannot connect, before it counts as a failure; false by default. */
    public SocketClientBuilder tryAllTransports(boolean wanted) {
        tryAllTransports = wanted;
        return this;
    }

    /** Whether, when and how often to connect again; {@link Reconnection#DEFAULT} unless told. */
    public SocketClientBuilder reconnection(Reconnection settings) {
        reconnection = Objects.requireNonNull(settings, "reconnection");
        return this;
    }

    /**
     * In which time acknowledgements must arrive, unless told for one by {@link Emitter#timeout}; 30 s by default. The
     * server may never send one: then a request would wait as long as the connection lasts, which is what {@link
     * Emitter#FOREVER} asks for, as with the official client's defaults.
     */
    public SocketClientBuilder ackTimeout(Duration timeout) {
        ackTimeout = Durations.atLeastAMillisecond("ackTimeout", timeout);
        return this;
    }

    /**
     * How often an event is sent again that the server has not acknowledged within {@link #ackTimeout}, or before the
     * connection was lost; 0 by default. Each event then waits until the one before it was acknowledged, so that the order
     * stays, also for events whose acknowledgement nobody asks for: the server must acknowledge all of them. Volatile ones
     * are sent once.
     */
    public SocketClientBuilder retries(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("retries: " + count);
        }
        retries = count;
        return this;
    }

    /** How values become JSON and back, by a Jackson mapper of one's own; its settings stay. */
    public SocketClientBuilder json(JsonMapper mapper) {
        json = Json.of(Objects.requireNonNull(mapper, "json"));
        return this;
    }

    /** How packets are spelled on the wire; the server must use the same. As the specification says by default. */
    public SocketClientBuilder parser(Parser chosen) {
        parser = Objects.requireNonNull(chosen, "parser");
        return this;
    }

    /**
     * Runs handlers on this executor, each socket's in order: {@code SwingUtilities::invokeLater}, for instance. By
     * default on virtual threads, or before JDK 21 on daemon threads, as well as where an executor would run them on the
     * caller's thread, which has other things to do. The executor is the caller's to end.
     */
    public SocketClientBuilder handlerExecutor(Executor executor) {
        handlerExecutor = Objects.requireNonNull(executor, "handlerExecutor");
        return this;
    }

    /** Binary values that one event of the server may carry, else the connection ends; 1,000 by default. */
    public SocketClientBuilder maxAttachments(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("maxAttachments: " + count);
        }
        maxAttachments = count;
        return this;
    }

    /**
     * How many events of a socket may wait for their handlers; 10,000 by default. The connection is not read any further
     * then, so that the server has to wait, unless a request waits for its answer. A server that hears no pong for too
     * long meanwhile ends the connection, as always.
     */
    public SocketClientBuilder mailboxLimit(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("mailboxLimit: " + events);
        }
        mailboxLimit = events;
        return this;
    }

    /**
     * Bytes of events that may wait to be sent, of all namespaces together: because there is no connection, or because it is
     * slow; 16 MiB by default. Each message counts as it is sent, and 64 bytes more. For an event that exceeds the limit, {@link
     * Emitter#emit} throws a {@link NotSentException}, unless {@link #onOverflow} is told instead, and a request fails with one.
     * Over a connection that has nothing else to send, an event of any size may leave. See {@link SocketClient#waitingBytes}.
     */
    public SocketClientBuilder outboxBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("outboxBytes: " + bytes);
        }
        outboxBytes = bytes;
        return this;
    }

    /**
     * Told of each event that is not sent because {@link #outboxBytes} wait already, on the thread that emits it. What it
     * throws, {@code emit} throws; by default that is what it is told. Requests fail instead, and volatile events are
     * dropped without a word, as always.
     */
    public SocketClientBuilder onOverflow(Consumer<NotSentException> handler) {
        overflows = Objects.requireNonNull(handler, "onOverflow");
        return this;
    }

    /**
     * Told of what handlers throw, and of emitted events that turned out to be more than the server takes ({@link
     * NotSentException}); logs it by default.
     */
    public SocketClientBuilder onError(ErrorHandler handler) {
        errors = Objects.requireNonNull(handler, "onError");
        return this;
    }

    /**
     * Says what the server gets when a handler that was to answer fails, after {@link #onError} was told. By default a {@link
     * io.sockeye.event.Rejection} with the message {@code internal error}, or {@code unexpected arguments} where those of the
     * server do not fit.
     */
    public SocketClientBuilder onRequestError(RequestErrorHandler handler) {
        requestErrors = Objects.requireNonNull(handler, "onRequestError");
        return this;
    }

    /** A client with these settings, which is not connected yet. */
    public SocketClient build() {
        var threads = new ClientThreads(handlerExecutor);
        var loop = new LoopThread(threads.owner());
        return build(threads, loop, transports(threads.replies()));
    }

    /** The same on a loop and over transports of a test's own. */
    SocketClient build(Loop loop, Transports transports) {
        return build(new ClientThreads(handlerExecutor), loop, transports);
    }

    private SocketClient build(ClientThreads threads, Loop loop, Transports transports) {
        if (auth != null) {
            Credentials.check(json, auth);
        }
        var context = new ClientContext(options(), threads, loop, transports, auth);
        return new SocketClient(context, ServerUrl.namespace(url()));
    }

    private ClientOptions options() {
        var engine = new ClientSettings(
                connectTimeout.toMillis(),
                ClientSettings.DEFAULT.upgradeTimeoutMillis(),
                CLOSE_TIMEOUT_MILLIS,
                new Limits(maxMessageBytes, Integer.MAX_VALUE, Long.MAX_VALUE));
        var limits = SocketLimits.of(maxAttachments, maxMessageBytes);
        return new ClientOptions(
                ServerUrl.server(url()),
                kinds,
                upgrade,
                rememberUpgrade,
                tryAllTransports,
                reconnection,
                connectTimeout,
                retries,
                mailboxLimit,
                outboxBytes,
                ackTimeout,
                parser,
                json,
                engine,
                limits,
                errors,
                requestErrors,
                overflows);
    }
}
