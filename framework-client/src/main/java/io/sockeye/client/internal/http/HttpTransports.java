package io.sockeye.client.internal.http;

import io.sockeye.client.internal.transport.SessionTransports;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.client.internal.transport.Transports;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Polling and WebSocket over one {@link HttpClient}, which is made for the first session; over two with a proxy and without
 * TLS, see {@link HttpAccess}.
 */
public final class HttpTransports implements Transports {
    private final HttpSettings settings;
    private final FreshHeaders headers;
    private final HttpAccess access;

    private HttpTransports(HttpSettings settings, Executor tasks, HttpAccess access) {
        this.settings = settings;
        this.headers = new FreshHeaders(settings, tasks);
        this.access = access;
    }

    /** Over the user's HTTP client, which is not closed. */
    public static HttpTransports over(HttpClient client, HttpSettings settings, Executor tasks) {
        var pool = new HttpPool(() -> HttpClientLease.of(client), IdleConnections.of(client, settings.server()));
        var proxyFailures = new ProxyFailures(settings.server(), client.proxy().orElse(null));
        return new HttpTransports(settings, tasks, new HttpAccess(pool, pool, proxyFailures, null));
    }

    /**
     * Over an HTTP client of their own, which is made by the builder when it is needed and ended with the transports.
     */
    public static HttpTransports of(
            HttpClient.Builder client, HttpSettings settings, Executor tasks, ProxyChoice proxy) {
        var proxyFailures = new ProxyFailures(settings.server(), proxy.selector());
        if (proxy.authenticator() != null) {
            client.authenticator(proxyFailures.watch(proxy.authenticator()));
        }
        var executor = new HttpExecutor(tasks);
        client.executor(executor).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(settings.connectTimeout());
        Supplier<HttpClientLease> leases = () -> HttpClientLease.own(client.build());
        var polls = new HttpPool(leases, new IdleConnections());
        boolean apart = proxy.possible() && !settings.secure();
        var webSockets = apart ? new HttpPool(leases, new IdleConnections()) : polls;
        return new HttpTransports(settings, tasks, new HttpAccess(polls, webSockets, proxyFailures, executor));
    }

    /** @throws IllegalArgumentException if a header may not be set, or is malformed */
    public static void check(HttpSettings settings) {
        FreshHeaders.check(settings, settings.headers());
    }

    @Override
    public SessionTransports session(TransportOwner owner) {
        return new HttpSession(settings, access, headers.request(), owner);
    }

    @Override
    public void close() {
        headers.stop();
        access.close();
    }
}
