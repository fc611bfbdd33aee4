package io.sockeye.client.internal.http;

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
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The user's settings that are about HTTP, until transports are made of them. Not thread-safe. */
public final class HttpOptions {
    private final URI server;
    private final Map<String, String> query;
    private final Map<String, String> headers = new LinkedHashMap<>();
    /** What is set on an HTTP client of the client's own, each time one is made; by the names of the settings. */
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

    /** @param query parameters of every request */
    public HttpOptions(URI server, Map<String, String> query) {
        this.server = server;
        this.query = new LinkedHashMap<>(query);
    }

    /** @param slashed begins with a slash; one at its end is ignored, see {@link #addTrailingSlash} */
    public void path(String slashed) {
        path = slashed.endsWith("/") ? slashed.substring(0, slashed.length() - 1) : slashed;
    }

    public void addTrailingSlash(boolean wanted) {
        addTrailingSlash = wanted;
    }

    public void protocols(List<String> names) {
        protocols = names;
    }

    public void query(String name, String value) {
        query.put(name, value);
    }

    public void header(String name, String value) {
        headers.put(name, value);
    }

    public void headers(Supplier<? extends Map<String, String>> supplier) {
        freshHeaders = supplier;
    }

    public void sslContext(SSLContext context) {
        own.put("sslContext", builder -> builder.sslContext(context));
    }

    public void sslParameters(SSLParameters parameters) {
        own.put("sslParameters", builder -> builder.sslParameters(parameters));
    }

    public void proxy(ProxySelector selector) {
        proxy = selector;
        own.put("proxy", builder -> builder.proxy(selector));
    }

    public void authenticator(Authenticator chosen) {
        authenticator = chosen;
        own.put("authenticator", builder -> {}); // Set where it is known whether there is a proxy.
    }

    /** Cookies in memory, of each HTTP client that is made. */
    public void cookies() {
        own.put("cookies", builder -> builder.cookieHandler(new CookieManager(new NetscapeCookies(), null)));
    }

    public void cookies(CookieHandler handler) {
        own.put("cookies", builder -> builder.cookieHandler(handler));
    }

    /** @throws IllegalArgumentException if it follows redirects: it would send the headers to another server */
    public void httpClient(HttpClient client) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client follows redirects, and would take the headers along");
        }
        given = client;
    }

    /** Whether requests may go through a proxy. */
    private boolean proxied() {
        if (proxy != null) {
            return proxy != HttpClient.Builder.NO_PROXY;
        }
        var usual = ProxySelector.getDefault();
        try {
            return usual != null && usual.select(server).stream().anyMatch(each -> each.type() != Proxy.Type.DIRECT);
        } catch (RuntimeException e) { // The application's selector; connecting will report what it throws.
            return true;
        }
    }

    /** How requests are made. */
    public HttpSettings settings(Duration connectTimeout, int maxMessageBytes) {
        return new HttpSettings(
                server,
                addTrailingSlash || path.isEmpty() ? path + "/" : path,
                query,
                headers,
                freshHeaders,
                protocols,
                connectTimeout,
                maxMessageBytes);
    }

    /**
     * The transports that make such requests.
     *
     * @param tasks where an HTTP client of the client's own works while it may block
     * @throws IllegalArgumentException if settings contradict each other, or a header is invalid
     */
    public HttpTransports transports(HttpSettings settings, Executor tasks) {
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
        return HttpTransports.of(builder, settings, tasks, new ProxyChoice(proxied(), proxy, authenticator));
    }
}
