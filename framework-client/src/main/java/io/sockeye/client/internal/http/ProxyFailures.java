package io.sockeye.client.internal.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** Distinguishes failures of the proxy from those of the server, which the JDK reports alike. Any thread. */
final class ProxyFailures {
    private final URI server;
    /** The user's; null for the JVM's default. */
    private final @Nullable ProxySelector chosen;
    /** Whether proxy or server asked for a password last; null for neither, or if unknown. */
    private volatile Authenticator.@Nullable RequestorType requestor;

    /** @param server to which the requests are sent */
    ProxyFailures(URI server, @Nullable ProxySelector chosen) {
        this.server = server;
        this.chosen = chosen;
    }

    /** The same authenticator; who asks for the password is recorded. */
    Authenticator watch(Authenticator authenticator) {
        return new Authenticator() {
            @Override
            public @Nullable PasswordAuthentication requestPasswordAuthenticationInstance(
                    String host,
                    InetAddress address,
                    int port,
                    String protocol,
                    String prompt,
                    String scheme,
                    URL url,
                    RequestorType type) {
                requestor = type;
                return authenticator.requestPasswordAuthenticationInstance(
                        host, address, port, protocol, prompt, scheme, url, type);
            }
        };
    }

    /** The same failure, or one that says whether the proxy or the server caused it. */
    Throwable explain(Throwable failure) {
        var cause = HttpFailures.unwrapped(failure);
        boolean refused = String.valueOf(cause.getMessage()).contains("too many authentication attempts");
        boolean unreached = isUnreached(cause);
        boolean perhapsSelector = cause instanceof RuntimeException; // It is called again below, to find out.
        if (!refused && !unreached && !perhapsSelector) {
            return failure;
        }
        var selector = chosen == null ? ProxySelector.getDefault() : chosen;
        String proxy;
        try {
            proxy = selector == null ? null : proxy(selector);
        } catch (RuntimeException e) { // Thrown by the user's selector.
            return new AtProxy("the proxy selector failed: " + e, e);
        }
        if (proxy != null && unreached) {
            return new AtProxy("the proxy %s: %s".formatted(proxy, HttpFailures.describe(cause)), cause);
        }
        if (proxy != null && refused && requestor != Authenticator.RequestorType.SERVER) {
            return new AtProxy("HTTP 407: the proxy %s refuses the credentials".formatted(proxy), cause);
        }
        return refused ? new WrongPassword(cause) : failure;
    }

    private static boolean isUnreached(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof HttpConnectTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** The proxy's host and port; null if none is used. */
    private @Nullable String proxy(ProxySelector selector) {
        for (var proxy : selector.select(server)) {
            if (proxy.type() != Proxy.Type.DIRECT && proxy.address() instanceof InetSocketAddress address) {
                return address.getHostString() + ":" + address.getPort();
            }
        }
        return null;
    }

    /** The proxy has failed. */
    static final class AtProxy extends IOException {
        private static final long serialVersionUID = 1L;

        private AtProxy(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The server rejects the credentials. */
    static final class WrongPassword extends IOException {
        private static final long serialVersionUID = 1L;

        private WrongPassword(Throwable cause) {
            super("HTTP 401: the server refuses the credentials", cause);
        }
    }
}
