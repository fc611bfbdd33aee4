package io.sockeye.client.internal.http;

import io.sockeye.client.internal.transport.SessionTransports;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.client.internal.transport.Transports;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Polling and WebSocket over one {@link HttpClient}, which exists from the first session on; over two with a proxy and
 * without TLS, see {@link HttpAccess}.
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

    /** Over the user's client, which stays the user's. */
    public static HttpTransports over(HttpClient client, HttpSettings settings, Executor tasks) {
        var pool = new HttpPool(() -> HttpClientLease.of(client), IdleConnections.of(client, settings.server()));
        var proxyFailures = new ProxyFailures(settings.server(), client.proxy().orElse(null));
        return new HttpTransports(settings, tasks, new HttpAccess(pool, pool, proxyFailures, null));
    }

    /**
     * Over a client of its own, made from the builder when it is needed and gone with the transports.
     */
    public static HttpTransports of(
            HttpClient.Builder client, HttpSettings settings, Executor tasks, ProxyChoice proxy) {
        var proxyFailures = new ProxyFailures(settings.server(), proxy.selector());
        if (proxy.authenticator() != null) {
            client.authenticator(proxyFailures.watch(proxy.authenticator()));
        }
        var executor = new HttpExecutor(tasks);
        client.executor(executor).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(settings.connectTimeout());
        Supplier<HttpClientLease> lender = () -> HttpClientLease.own(client.build());
        var polls = new HttpPool(lender, new IdleConnections());
        boolean apart = proxy.possible() && !settings.secure();
        var webSockets = apart ? new HttpPool(lender, new IdleConnections()) : polls;
        return new HttpTransports(settings, tasks, new HttpAccess(polls, webSockets, proxyFailures, executor));
    }

    /** @throws IllegalArgumentException if a header may not be set, or has no such form */
    public static void check(HttpSettings settings) {
        FreshHeaders.check(settings, settings.headers());
    }

    @Override
    public SessionTransports session(TransportOwner owner) {
        return new HttpSession(settings, access, headers.ask(), owner);
    }

    @Override
    public void close() {
        headers.stop();
        access.close();
    }
}
