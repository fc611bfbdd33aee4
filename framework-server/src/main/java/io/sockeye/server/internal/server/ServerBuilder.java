package io.sockeye.server.internal.server;

import io.sockeye.json.Json;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.ErrorHandler;
import io.sockeye.server.IoTransport;
import io.sockeye.server.LoopFailure;
import io.sockeye.server.OverflowHandler;
import io.sockeye.server.RequestErrorHandler;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import io.sockeye.server.Tls;
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
import io.sockeye.server.http.StaticFiles;
import io.sockeye.server.internal.context.ServerSettings;
import io.sockeye.server.internal.context.Setting;
import io.sockeye.server.internal.netty.EventLoops;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Puts what users choose into the settings of a server. Not thread-safe. */
public final class ServerBuilder implements SocketServerBuilder {
    /** Timers of JavaScript that are longer, such as those of clients for pings, end at once. */
    private static final Duration LONGEST_TIMER = Duration.ofMillis(Integer.MAX_VALUE);

    public final ServerSettings settings = new ServerSettings();

    @Override
    public ServerBuilder host(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("host: '" + name + "'");
        }
        settings.address = settings.address.withHost(name);
        return this;
    }

    @Override
    public ServerBuilder port(int number) {
        settings.address = settings.address.withPort(Setting.between(0, 65535, "port", number));
        return this;
    }

    @Override
    public ServerBuilder unixSocket(Path file) {
        settings.address = settings.address.withUnixSocket(Objects.requireNonNull(file));
        return this;
    }

    @Override
    public ServerBuilder path(String name) {
        Setting.path("path", name);
        settings.path = name.endsWith("/") ? name : name + "/";
        return this;
    }

    @Override
    public ServerBuilder addTrailingSlash(boolean wanted) {
        settings.addTrailingSlash = wanted;
        return this;
    }

    @Override
    public ServerBuilder transports(TransportKind first, TransportKind... others) {
        var chosen = new HashSet<>(List.of(others));
        chosen.add(Objects.requireNonNull(first));
        settings.transports = chosen;
        return this;
    }

    @Override
    public ServerBuilder serveClient(boolean served) {
        settings.serveClient = served;
        return this;
    }

    @Override
    public ServerBuilder cors(Cors allowed) {
        settings.cors = Objects.requireNonNull(allowed);
        return this;
    }

    @Override
    public ServerBuilder allowEIO3(boolean allowed) {
        settings.allowEIO3 = allowed;
        return this;
    }

    @Override
    public ServerBuilder jsonp(boolean allowed) {
        settings.jsonp = allowed;
        return this;
    }

    @Override
    public ServerBuilder allowRequest(RequestCheck check) {
        Objects.requireNonNull(check);
        return allowRequestAsync(AsyncRequestCheck.of(check));
    }

    @Override
    public ServerBuilder allowRequestAsync(AsyncRequestCheck decision) {
        settings.check = Objects.requireNonNull(decision);
        return this;
    }

    @Override
    public ServerBuilder onConnectionError(Consumer<ConnectionError> handler) {
        settings.connectionErrors = Objects.requireNonNull(handler);
        return this;
    }

    @Override
    public ServerBuilder initialHeaders(HeaderHook hook) {
        settings.initialHeaders = Objects.requireNonNull(hook);
        return this;
    }

    @Override
    public ServerBuilder headers(HeaderHook hook) {
        settings.headers = Objects.requireNonNull(hook);
        return this;
    }

    @Override
    public ServerBuilder cookie(Cookie chosen) {
        settings.cookie = Objects.requireNonNull(chosen);
        return this;
    }

    @Override
    public ServerBuilder tls(Tls chosen) {
        settings.tls = Objects.requireNonNull(chosen);
        return this;
    }

    @Override
    public ServerBuilder httpCompression(HttpCompression chosen) {
        settings.compression = Objects.requireNonNull(chosen);
        return this;
    }

    @Override
    public ServerBuilder perMessageDeflate(PerMessageDeflate chosen) {
        settings.deflate = Objects.requireNonNull(chosen);
        return this;
    }

    @Override
    public ServerBuilder trustProxy(ProxyTrust trust) {
        settings.proxies = Objects.requireNonNull(trust);
        return this;
    }

    @Override
    public ServerBuilder http(HttpHandler handler) {
        settings.routesBlock = handler instanceof StaticFiles;
        settings.routes = AsyncHttpHandler.of(Objects.requireNonNull(handler));
        return this;
    }

    @Override
    public ServerBuilder httpAsync(AsyncHttpHandler handler) {
        settings.routesBlock = false;
        settings.routes = Objects.requireNonNull(handler);
        return this;
    }

    @Override
    public ServerBuilder maxPayload(int bytes) {
        settings.maxPayload = Setting.atLeast(1, "maxPayload", bytes);
        return this;
    }

    @Override
    public ServerBuilder maxHeaderSize(int bytes) {
        if (bytes < 1024 || bytes > 1 << 20) {
            throw new IllegalArgumentException("maxHeaderSize: " + bytes + ", allowed 1024 to 1048576");
        }
        settings.maxHeaderSize = bytes;
        return this;
    }

    @Override
    public ServerBuilder allowUpgrades(boolean allowed) {
        settings.upgrades = allowed;
        return this;
    }

    @Override
    public ServerBuilder pingInterval(Duration interval) {
        settings.pingInterval = Setting.time("pingInterval", interval, LONGEST_TIMER);
        return this;
    }

    @Override
    public ServerBuilder pingTimeout(Duration timeout) {
        settings.pingTimeout = Setting.time("pingTimeout", timeout, LONGEST_TIMER);
        return this;
    }

    @Override
    public ServerBuilder upgradeTimeout(Duration timeout) {
        settings.upgradeTimeout = Setting.time("upgradeTimeout", timeout);
        return this;
    }

    @Override
    public ServerBuilder connectTimeout(Duration timeout) {
        settings.connectTimeout = Setting.time("connectTimeout", timeout);
        return this;
    }

    @Override
    public ServerBuilder json(JsonMapper mapper) {
        return json(Json.of(mapper));
    }

    @Override
    public ServerBuilder json(Json chosen) {
        settings.json = Objects.requireNonNull(chosen);
        return this;
    }

    @Override
    public ServerBuilder parser(Parser chosen) {
        settings.parser = Objects.requireNonNull(chosen);
        return this;
    }

    @Override
    public ServerBuilder onError(ErrorHandler handler) {
        settings.errors = Objects.requireNonNull(handler);
        return this;
    }

    @Override
    public ServerBuilder onRequestError(RequestErrorHandler handler) {
        settings.requestErrors = Objects.requireNonNull(handler);
        return this;
    }

    @Override
    public ServerBuilder handlerExecutor(Executor executor) {
        settings.handlerExecutor = Objects.requireNonNull(executor);
        return this;
    }

    @Override
    public ServerBuilder replyExecutor(Executor executor) {
        settings.replyExecutor = Objects.requireNonNull(executor);
        return this;
    }

    @Override
    public ServerBuilder random(SecureRandom source) {
        settings.random = Objects.requireNonNull(source);
        return this;
    }

    @Override
    public ServerBuilder handlersOnEventLoop() {
        return handlerExecutor(HandlerExecutor.EVENT_LOOP);
    }

    @Override
    public ServerBuilder handlerDeadline(Duration deadline) {
        settings.handlerDeadline = Setting.time("handlerDeadline", deadline);
        return this;
    }

    @Override
    public ServerBuilder connectionStateRecovery(ConnectionStateRecovery chosen) {
        settings.recovery = Objects.requireNonNull(chosen);
        return this;
    }

    @Override
    public ServerBuilder adapter(AdapterFactory factory) {
        settings.adapters = Objects.requireNonNull(factory);
        return this;
    }

    @Override
    public ServerBuilder cleanupEmptyChildNamespaces(boolean wanted) {
        settings.cleanupEmptyChildNamespaces = wanted;
        return this;
    }

    @Override
    public ServerBuilder loops(int count) {
        settings.loops = Setting.between(1, EventLoops.MAX_COUNT, "loops", count);
        return this;
    }

    @Override
    public ServerBuilder ioTransport(IoTransport transport) {
        settings.ioTransport = Objects.requireNonNull(transport);
        return this;
    }

    @Override
    public ServerBuilder maxAttachments(int count) {
        settings.maxAttachments = Setting.atLeast(0, "maxAttachments", count);
        return this;
    }

    @Override
    public ServerBuilder outboxBytes(long bytes) {
        settings.outboxBytes = Setting.atLeast(1, "outboxBytes", bytes);
        return this;
    }

    @Override
    public ServerBuilder mailboxLimit(int events) {
        settings.mailboxLimit = Setting.atLeast(1, "mailboxLimit", events);
        return this;
    }

    @Override
    public ServerBuilder mailboxBytes(long bytes) {
        settings.mailboxBytes = Setting.atLeast(1, "mailboxBytes", bytes);
        return this;
    }

    @Override
    public ServerBuilder maxNamespaces(int count) {
        settings.maxNamespaces = Setting.atLeast(1, "maxNamespaces", count);
        return this;
    }

    @Override
    public ServerBuilder maxAuthBytes(int bytes) {
        settings.maxAuthBytes = Setting.atLeast(2, "maxAuthBytes", bytes);
        return this;
    }

    @Override
    public ServerBuilder memory(long inBytes, long outBytes) {
        settings.memoryIn = Setting.atLeast(1, "memory", inBytes);
        settings.memoryOut = Setting.atLeast(1, "memory", outBytes);
        return this;
    }

    @Override
    public ServerBuilder onOverflow(OverflowHandler handler) {
        settings.overflows = Objects.requireNonNull(handler);
        return this;
    }

    @Override
    public ServerBuilder maxRooms(int count) {
        settings.maxRooms = Setting.atLeast(1, "maxRooms", count);
        return this;
    }

    @Override
    public ServerBuilder onLoopFailure(LoopFailure chosen) {
        settings.loopFailure = Objects.requireNonNull(chosen);
        return this;
    }

    @Override
    public ServerBuilder maxDynamicNamespaces(int count) {
        settings.maxDynamicNamespaces = Setting.atLeast(1, "maxDynamicNamespaces", count);
        return this;
    }

    @Override
    public SocketServer build() {
        Setting.time("pingInterval + pingTimeout", settings.pingInterval.plus(settings.pingTimeout), LONGEST_TIMER);
        return new SockeyeServer(settings);
    }
}
