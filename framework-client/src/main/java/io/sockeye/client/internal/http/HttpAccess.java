package io.sockeye.client.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients that all sessions share.
 *
 * @param webSockets the same as for polls, unless there may be a proxy and no TLS: for the tunnel through a proxy, the JDK
 *     (observed with 17 and 25) reuses an idle connection of polls, and sends the proxy what is meant for the server
 * @param executor of an HTTP client of the client's own; null with the user's
 */
record HttpAccess(
        HttpPool polls,
        HttpPool webSockets,
        ProxyFailures proxyFailures,
        @Nullable HttpExecutor executor) {
    /** Whether the HTTP client is the client's own, not the user's. */
    boolean own() {
        return executor != null;
    }

    /** @param mayBlock whether the HTTP client may block from now on */
    void mayBlock(boolean mayBlock) {
        if (executor != null) {
            executor.mayBlock(mayBlock);
        }
    }

    void close() {
        polls.close();
        webSockets.close();
    }
}
