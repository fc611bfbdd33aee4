package io.sockeye.client.internal.http;

import java.net.http.HttpClient;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client, which is made for its first request, and what is known of the connections that it keeps. Owned by the
 * session's thread.
 */
final class HttpPool {
    private final Supplier<HttpClientLease> lender;
    private final IdleConnections idle;
    /** Null before the first request and after the end. */
    private @Nullable HttpClientLease lent;

    HttpPool(Supplier<HttpClientLease> lender, IdleConnections idle) {
        this.lender = lender;
        this.idle = idle;
    }

    /** Fails if the JDK cannot make one, for instance because of its settings of TLS. */
    HttpClient client() {
        var present = lent;
        if (present == null) {
            present = lender.get();
            lent = present;
        }
        return present.client();
    }

    IdleConnections idle() {
        return idle;
    }

    /** Gives the client back. */
    void close() {
        if (lent != null) {
            lent.giveBack();
            lent = null;
        }
    }
}
