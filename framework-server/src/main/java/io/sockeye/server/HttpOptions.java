package io.sockeye.server;

import io.sockeye.engine.Limits;
import io.sockeye.engine.TransportKind;
import io.sockeye.server.engine.HttpSettings;
import io.sockeye.server.engine.Legacy;
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
import io.sockeye.server.netty.Tls;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link SocketServerBuilder} that is about HTTP. Not thread-safe.
 *
 * <pre>{@code
 * SocketServer.builder().port(8443).tls(Tls.pem(chain, key)).trustProxy(ProxyTrust.hops(1))
 * }</pre>
 *
 * @param <B> the builder
 */
public abstract sealed class HttpOptions<B extends HttpOptions<B>> permits LimitOptions {
    ListenAddress address = ListenAddress.DEFAULT;
    String path = "/socket.io/";
    boolean addTrailingSlash = true;
    Set<TransportKind> transports = Set.of(TransportKind.POLLING, TransportKind.WEBSOCKET);
    boolean allowEIO3;
    boolean jsonp;
    int maxPayload = Limits.DEFAULT.maxPayload();
    int maxHeaderSize = 16 << 10;
    Cors cors = Cors.NONE;
    boolean serveClient = true;
    /** Null if there are none. */
    @Nullable
    AsyncHttpHandler routes;

    /** Whether they do not belong on an event loop, even if handlers run there. */
    boolean routesBlock;

    /** Null if every handshake is welcome. */
    @Nullable
    AsyncRequestCheck check;

    /** Null if nobody wants to know. */
    @Nullable
    Consumer<ConnectionError> connectionErrors;

    /** Null for none. */
    @Nullable
    HeaderHook initialHeaders;

    /** Null for none. */
    @Nullable
    HeaderHook headers;

    /** Null for none. */
    @Nullable
    Cookie cookie;

    /** Null for connections that are not encrypted. */
    @Nullable
    Tls tls;

    HttpCompression compression = HttpCompression.DEFAULT;

    /** Null for WebSockets that are not compressed. */
    @Nullable
    PerMessageDeflate deflate;

    ProxyTrust proxies = ProxyTrust.NONE;

    HttpOptions() {}

    abstract B self();

    HttpSettings httpSettings(ServerContext context) {
        return new HttpSettings(
                addTrailingSlash ? path : path.substring(0, path.length() - 1),
                transports,
                cors,
                serveClient,
                new Legacy(allowEIO3, jsonp),
                maxPayload,
                new UserHttp(this, context).callbacks(),
                cookie,
                compression,
                deflate,
                proxies,
                context.memory().in(),
                context.memory().out());
    }

    /** The address to listen on; all of the machine's by default. */
    public B host(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("host: '" + name + "'");
        }
        address = address.withHost(name);
        return self();
    }

    /** The port to listen on, 3000 by default; 0 for any free one. */
    public B port(int number) {
        address = address.withPort(Setting.between(0, 65535, "port", number));
        return self();
    }

    /** Listens on a Unix domain socket instead of a port; its file is removed when the server stops. */
    public B unixSocket(Path file) {
        address = address.withUnixSocket(Objects.requireNonNull(file));
        return self();
    }

    /** The path of the protocol's requests, {@code /socket.io/} by default. */
    public B path(String name) {
        Setting.path("path", name);
        path = name.endsWith("/") ? name : name + "/";
        return self();
    }

    /**
     * Whether the path of requests ends with a slash, as that of the official clients does; true by default. With false,
     * {@code /socket.io} is served as {@code /socket.io/} is, for clients with {@code addTrailingSlash: false}.
     */
    public B addTrailingSlash(boolean wanted) {
        addTrailingSlash = wanted;
        return self();
    }

    /** The transports that clients may use; all by default. */
    public B transports(TransportKind first, TransportKind... others) {
        var chosen = new HashSet<>(List.of(others));
        chosen.add(Objects.requireNonNull(first));
        transports = chosen;
        return self();
    }

    /** Whether the official browser client is served below the path; true by default. */
    public B serveClient(boolean served) {
        serveClient = served;
        return self();
    }

    /** Which pages of other origins may use the server; none by default. */
    public B cors(Cors allowed) {
        cors = Objects.requireNonNull(allowed);
        return self();
    }

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
    public B allowEIO3(boolean allowed) {
        allowEIO3 = allowed;
        return self();
    }

    /**
     * Whether browsers that know no CORS may poll by scripts; false by default. A request for it is refused otherwise.
     * Any page can run such a script, with the cookies of its user: who allows it must not tell users by cookies.
     */
    public B jsonp(boolean allowed) {
        jsonp = allowed;
        return self();
    }

    /** Checks each handshake before there is a session; all are welcome by default. */
    public B allowRequest(RequestCheck check) {
        Objects.requireNonNull(check);
        return allowRequestAsync(AsyncRequestCheck.of(check));
    }

    /** Checks each handshake before there is a session, and decides later. */
    public B allowRequestAsync(AsyncRequestCheck decision) {
        check = Objects.requireNonNull(decision);
        return self();
    }

    /**
     * Tells of each request of the protocol that is refused before a connection or a session takes it. Called where
     * handlers run by default, in no order; for those who count, or look for what is wrong with a proxy. While 1,000 wait for
     * a slow handler, it is not told of more. What the executor of handlers rejects is told to the error handler.
     */
    public B onConnectionError(Consumer<ConnectionError> handler) {
        connectionErrors = Objects.requireNonNull(handler);
        return self();
    }

    /** Changes the headers of each answer that opens a session; before {@link #headers}. On event loops. */
    public B initialHeaders(HeaderHook hook) {
        initialHeaders = Objects.requireNonNull(hook);
        return self();
    }

    /** Changes the headers of each answer of the protocol, also of refusals and of a WebSocket's 101. On event loops. */
    public B headers(HeaderHook hook) {
        headers = Objects.requireNonNull(hook);
        return self();
    }

    /** A cookie with the session's id, for load balancers; none by default. */
    public B cookie(Cookie chosen) {
        cookie = Objects.requireNonNull(chosen);
        return self();
    }

    /** Encrypts all connections; none are by default. */
    public B tls(Tls chosen) {
        tls = Objects.requireNonNull(chosen);
        return self();
    }

    /** How the answers of polls are compressed; from 1024 bytes on by default. */
    public B httpCompression(HttpCompression chosen) {
        compression = Objects.requireNonNull(chosen);
        return self();
    }

    /** Compresses WebSocket messages for clients that offer it; off by default. */
    public B perMessageDeflate(PerMessageDeflate chosen) {
        deflate = Objects.requireNonNull(chosen);
        return self();
    }

    /** Which reverse proxies are believed about a client's address and whether it is encrypted; none by default. */
    public B trustProxy(ProxyTrust trust) {
        proxies = Objects.requireNonNull(trust);
        return self();
    }

    /** Answers HTTP requests outside the path, such as the page of an application; by default 404, whose bodies are not kept. */
    public B http(HttpHandler handler) {
        routesBlock = handler instanceof StaticFiles;
        routes = AsyncHttpHandler.of(Objects.requireNonNull(handler));
        return self();
    }

    /** Answers HTTP requests outside the path, and may do so later; instead of {@link #http}. */
    public B httpAsync(AsyncHttpHandler handler) {
        routesBlock = false;
        routes = Objects.requireNonNull(handler);
        return self();
    }

    /** Bytes of one request's body or WebSocket message that are accepted; 1,000,000 by default. */
    public B maxPayload(int bytes) {
        maxPayload = Setting.atLeast(1, "maxPayload", bytes);
        return self();
    }

    /**
     * Bytes of the first line and the headers of one request that are accepted; 16 KiB by default, as in Node. A token in
     * the query needs room there. Longer ones are answered with 414 or 431, and told to {@link #onConnectionError}.
     */
    public B maxHeaderSize(int bytes) {
        if (bytes < 1024 || bytes > 1 << 20) {
            throw new IllegalArgumentException("maxHeaderSize: " + bytes + ", allowed 1024 to 1048576");
        }
        maxHeaderSize = bytes;
        return self();
    }
}
