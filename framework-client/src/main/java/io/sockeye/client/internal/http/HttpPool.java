package io.sockeye.client.internal.http;

import java.net.http.HttpClient;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client, which is made for its first request, and what is known about its idle connections. Owned by the session's
 * thread.
 */
final class HttpPool {
    private final Supplier<HttpClientLease> leases;
    private final IdleConnections idle;
    /** Null before the first request and after the end. */
    private @Nullable HttpClientLease lease;

    HttpPool(Supplier<HttpClientLease> leases, IdleConnections idle) {
        this.leases = leases;
        this.idle = idle;
    }

    /** Fails if the JDK cannot make one, for instance because of the TLS settings. */
    HttpClient client() {
        var present = lease;
        if (present == null) {
            present = leases.get();
            lease = present;
        }
        return present.client();
    }

    IdleConnections idle() {
        return idle;
    }

    /** Releases the HTTP client. */
    void close() {
        if (lease != null) {
            lease.release();
            lease = null;
        }
    }
}
