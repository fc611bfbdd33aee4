package io.sockeye.server.internal.context;

import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Upgrades;
import io.sockeye.json.Json;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.ErrorHandler;
import io.sockeye.server.IoTransport;
import io.sockeye.server.LoopFailure;
import io.sockeye.server.OverflowHandler;
import io.sockeye.server.RequestErrorHandler;
import io.sockeye.server.SocketServer;
import io.sockeye.server.Tls;
import io.sockeye.server.adapter.AdapterFactory;
import io.sockeye.server.http.AsyncHttpHandler;
import io.sockeye.server.http.AsyncRequestCheck;
import io.sockeye.server.http.ConnectionError;
import io.sockeye.server.http.Cookie;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HeaderHook;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.PerMessageDeflate;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.internal.handlers.Blame;
import io.sockeye.server.internal.handlers.Refusals;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of one server, as the builder has them: defaults, and what follows from others. Not thread-safe: the
 * builder changes them, the server reads them when it is built and when it starts.
 */
public final class ServerSettings {
    /** About what the objects of a namespace take that nobody has put anything into. */
    public static final int NAMESPACE_BYTES = 4096;

    /** By the name that users know. */
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

    private static final long LEAST_MAILBOX_BYTES = 4 << 20;
    private static final int DYNAMIC_NAMESPACES = 10_000;
    /** Of the memory that the JVM may use, for what waits in and for what waits out. */
    private static final int SHARE_OF_MEMORY = 4;

    public ListenAddress address = ListenAddress.DEFAULT;
    public String path = "/socket.io/";
    public boolean addTrailingSlash = true;
    public Set<TransportKind> transports = Set.of(TransportKind.POLLING, TransportKind.WEBSOCKET);
    public boolean allowEIO3;
    public boolean jsonp;
    public int maxPayload = Limits.DEFAULT.maxPayload();
    public int maxHeaderSize = 16 << 10;
    public Cors cors = Cors.NONE;
    public boolean serveClient = true;

    /** Null if there are none. */
    @Nullable
    public AsyncHttpHandler routes;

    /** Whether they do not belong on an event loop, even if handlers run there. */
    public boolean routesBlock;

    /** Null if every handshake is welcome. */
    @Nullable
    public AsyncRequestCheck check;

    /** Null if nobody wants to know. */
    @Nullable
    public Consumer<ConnectionError> connectionErrors;

    /** Null for none. */
    @Nullable
    public HeaderHook initialHeaders;

    /** Null for none. */
    @Nullable
    public HeaderHook headers;

    /** Null for none. */
    @Nullable
    public Cookie cookie;

    /** Null for connections that are not encrypted. */
    @Nullable
    public Tls tls;

    public HttpCompression compression = HttpCompression.DEFAULT;

    /** Null for WebSockets that are not compressed. */
    @Nullable
    public PerMessageDeflate deflate;

    public ProxyTrust proxies = ProxyTrust.NONE;

    public int loops = Runtime.getRuntime().availableProcessors();
    public IoTransport ioTransport = IoTransport.AUTO;
    public Duration connectTimeout = Duration.ofSeconds(45);
    public Json json = Json.standard();
    public Parser parser = Parser.standard();
    public ErrorHandler errors = ServerSettings::log;
    public RequestErrorHandler requestErrors = (socket, event, error) -> Refusals.usual(error);
    public AdapterFactory adapters = AdapterFactory.inMemory();
    public boolean cleanupEmptyChildNamespaces = true;

    /** Null if clients cannot come back. */
    @Nullable
    public ConnectionStateRecovery recovery;

    /** Null if handlers may take as long as they like. */
    @Nullable
    public Duration handlerDeadline;

    /** Null for one of the server's own. */
    @Nullable
    public Executor handlerExecutor;

    /** Null for one of the server's own. */
    @Nullable
    public Executor replyExecutor;

    /** Null for the platform's. */
    @Nullable
    public SecureRandom random;

    public Duration pingInterval = Duration.ofMillis(EngineSettings.DEFAULT.pingIntervalMillis());
    public Duration pingTimeout = Duration.ofMillis(EngineSettings.DEFAULT.pingTimeoutMillis());
    public boolean upgrades = true;
    public Duration upgradeTimeout = Duration.ofMillis(EngineSettings.DEFAULT.upgradeTimeoutMillis());

    public int mailboxLimit = 1024;
    public int maxNamespaces = 100;
    public int maxAuthBytes = 16 << 10;
    public int maxRooms = 10_000;
    public LoopFailure loopFailure = LoopFailure.CLOSE;
    public int maxAttachments = SocketLimits.DEFAULT.attachments();

    /** Null if nobody wants to know. */
    @Nullable
    public OverflowHandler overflows;

    /** 0 for what suits the longest message. */
    public long outboxBytes;

    public long mailboxBytes;

    /** 0 for as many as the memory has room for. */
    public int maxDynamicNamespaces;

    /** 0 for a share of the JVM's memory. */
    public long memoryIn;

    public long memoryOut;

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

    /** An answer may be as long as what was asked, and wait while another one leaves. */
    long usualOutboxBytes() {
        return outboxBytes > 0 ? outboxBytes : Math.max(Limits.DEFAULT.outboxBytes(), 2L * maxPayload);
    }

    long usualMailboxBytes() {
        return mailboxBytes > 0 ? mailboxBytes : Math.max(LEAST_MAILBOX_BYTES, 2L * maxPayload);
    }

    /** Those that nobody need use take a quarter of the memory for what has arrived, at most. */
    public int usualMaxDynamicNamespaces() {
        long room = memoryIn() / SHARE_OF_MEMORY / NAMESPACE_BYTES;
        return maxDynamicNamespaces > 0 ? maxDynamicNamespaces : (int) Math.max(1, Math.min(DYNAMIC_NAMESPACES, room));
    }

    long memoryIn() {
        return memoryIn > 0 ? memoryIn : Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    }

    long memoryOut() {
        return memoryOut > 0 ? memoryOut : Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    }
}
