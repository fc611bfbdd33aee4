package io.sockeye.client;

import io.sockeye.client.internal.http.HttpSettings;
import io.sockeye.client.internal.http.HttpTransports;
import io.sockeye.client.internal.http.NetscapeCookies;
import io.sockeye.client.internal.http.ProxyChoice;
import io.sockeye.client.internal.http.Transports;
import io.sockeye.engine.Subprotocols;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The half of {@link SocketClientBuilder} that is about HTTP.
 *
 * @param <B> the builder itself
 */
public abstract sealed class HttpOptions<B extends HttpOptions<B>> permits SocketClientBuilder {
    private static final int DEFAULT_MAX_MESSAGE_BYTES = 32 << 20;

    private final URI url;
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    /** What is set on an HTTP client of the client's own, each time one is made. */
    private final Map<String, Consumer<HttpClient.Builder>> own = new LinkedHashMap<>();

    /** Null if the headers stay the same. */
    private @Nullable Supplier<? extends Map<String, String>> freshHeaders;

    /** Null for one of the client's own. */
    private @Nullable HttpClient given;

    /** Null for none. */
    private @Nullable Authenticator authenticator;

    /** Null for the JVM's default. */
    private @Nullable ProxySelector proxy;

    private String path = "/socket.io";
    private boolean addTrailingSlash = true;
    private List<String> protocols = List.of();
    Duration connectTimeout = Duration.ofSeconds(20);
    int maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;

    HttpOptions(URI url) {
        this.url = ServerUrl.check(url);
        query.putAll(ServerUrl.query(url));
    }

    abstract B self();

    URI url() {
        return url;
    }

    /**
     * The path of the server's endpoint; {@code /socket.io/} by default.
     *
     * @throws IllegalArgumentException if it is no path of a URL, as they are spelled there: {@code /my%20chat/}
     */
    public B path(String endpoint) {
        var slashed = ServerUrl.checkPath(endpoint);
        path = slashed.endsWith("/") ? slashed.substring(0, slashed.length() - 1) : slashed;
        return self();
    }

    /** Whether the path ends with a slash, as servers expect it unless told otherwise; true by default. */
    public B addTrailingSlash(boolean wanted) {
        addTrailingSlash = wanted;
        return self();
    }

    /**
     * Subprotocols that are offered when a WebSocket is opened, such as a gateway on the way may ask for; none by default.
     *
     * @throws IllegalArgumentException if a name is no token of HTTP, or is there twice
     */
    public B protocols(String... names) {
        for (var name : Objects.requireNonNull(names, "protocols")) {
            Objects.requireNonNull(name, "protocols");
        }
        protocols = List.copyOf(Subprotocols.check(List.of(names)));
        return self();
    }

    /** One more parameter of every request's query. The server's handlers find it in the handshake. */
    public B query(String name, String value) {
        query.put(Objects.requireNonNull(name, "query"), Objects.requireNonNull(value, () -> "query: " + name));
        return self();
    }

    /** One more header of every request. It goes to this server alone: redirects are not followed. */
    public B header(String name, String value) {
        headers.put(Objects.requireNonNull(name, "header"), Objects.requireNonNull(value, () -> "header: " + name));
        return self();
    }

    /**
     * Further headers, asked for anew at each connection, such as a token that expires. The supplier may wait; what it
     * throws is a failure to connect, and tried again as others are.
     */
    public B headers(Supplier<? extends Map<String, String>> supplier) {
        freshHeaders = Objects.requireNonNull(supplier, "headers");
        return self();
    }

    /**
     * In which time the server must answer: its connection, its handshake, each namespace; 20 s by default. A namespace that
     * is silent gets twice as long the next time, up to eight times as long.
     */
    public B connectTimeout(Duration timeout) {
        connectTimeout = Durations.atLeastAMillisecond("connectTimeout", timeout);
        return self();
    }

    /**
     * Bytes of one message that is taken from the server, else the connection ends; 32 MiB by default. Each binary value is
     * a message of its own: those of one event may have ten times as many bytes together.
     */
    public B maxMessageBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes: " + bytes);
        }
        maxMessageBytes = bytes;
        return self();
    }

    /** Whose certificates are trusted, and which one is shown; the JDK's defaults unless told. */
    public B sslContext(SSLContext context) {
        Objects.requireNonNull(context, "sslContext");
        return own("sslContext", builder -> builder.sslContext(context));
    }

    /** Further settings of TLS, such as its versions. */
    public B sslParameters(SSLParameters parameters) {
        Objects.requireNonNull(parameters, "sslParameters");
        return own("sslParameters", builder -> builder.sslParameters(parameters));
    }

    /** By which proxy the server is reached; the JVM's default unless told. {@code HttpClient.Builder.NO_PROXY} for none. */
    public B proxy(ProxySelector selector) {
        proxy = Objects.requireNonNull(selector, "proxy");
        return own("proxy", builder -> builder.proxy(selector));
    }

    /**
     * Who answers when the server or the proxy asks for a name and a password. For tunnels through a proxy, which {@code
     * https} and WebSockets need, the JDK sends no password by Basic unless it is started with {@code
     * -Djdk.http.auth.tunneling.disabledSchemes=}.
     */
    public B authenticator(Authenticator authenticator) {
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        return own("authenticator", builder -> {});
    }

    /** Sends cookies back that the server has set, such as those of load balancers; by default they are ignored. */
    public B cookies() {
        return own("cookies", builder -> builder.cookieHandler(new CookieManager(new NetscapeCookies(), null)));
    }

    /** Keeps cookies in this handler, and takes them from there. */
    public B cookies(CookieHandler handler) {
        Objects.requireNonNull(handler, "cookies");
        return own("cookies", builder -> builder.cookieHandler(handler));
    }

    private B own(String name, Consumer<HttpClient.Builder> setting) {
        own.put(name, setting);
        return self();
    }

    /**
     * Uses an HTTP client of yours, which several clients may share and which stays yours to end. Proxy, TLS, cookies and
     * the like are settings of it then: {@code build()} refuses those that were made here. Through a proxy without TLS, such
     * a client may stay with polling: the JDK mixes up its connections to the proxy.
     *
     * <p>When a WebSocket ends right behind a message, the JDK may not tell it to an HTTP client whose executor has other
     * threads (its default has): a client that has one of its own hears of each end at once, one that shares yours within about
     * 5 s, or 20 s if nothing had come for long. To find out, it sends a WebSocket ping when nothing has followed a message for a
     * second or two, and others at growing distances, up to 16 s, as long as nothing comes.
     *
     * @throws IllegalArgumentException if it follows redirects: it would take the headers along
     */
    public B httpClient(HttpClient client) {
        if (Objects.requireNonNull(client, "httpClient").followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client follows redirects, and would take the headers along");
        }
        given = client;
        return self();
    }

    /** Whether a proxy may be on the way. */
    private boolean proxied(HttpSettings settings) {
        if (proxy != null) {
            return proxy != HttpClient.Builder.NO_PROXY;
        }
        var usual = ProxySelector.getDefault();
        try {
            return usual != null
                    && usual.select(settings.server()).stream().anyMatch(each -> each.type() != Proxy.Type.DIRECT);
        } catch (RuntimeException e) { // It is the application's; the connection will tell what it throws.
            return true;
        }
    }

    HttpSettings httpSettings() {
        return new HttpSettings(
                ServerUrl.server(url),
                addTrailingSlash || path.isEmpty() ? path + "/" : path,
                query,
                headers,
                freshHeaders,
                protocols,
                connectTimeout,
                maxMessageBytes);
    }

    /** @param tasks where an HTTP client of the client's own works while it may block */
    Transports transports(Executor tasks) {
        var settings = httpSettings();
        HttpTransports.check(settings);
        if (given != null && !own.isEmpty()) {
            throw new IllegalArgumentException(
                    "with httpClient its own settings count: make " + own.keySet() + " there");
        }
        if (given != null) {
            return HttpTransports.over(given, settings, tasks);
        }
        var builder = HttpClient.newBuilder();
        own.values().forEach(setting -> setting.accept(builder));
        return HttpTransports.of(builder, settings, tasks, new ProxyChoice(proxied(settings), proxy, authenticator));
    }
}
