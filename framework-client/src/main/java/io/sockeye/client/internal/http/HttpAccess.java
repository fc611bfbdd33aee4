package io.sockeye.client.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * What the requests of all sessions go through.
 *
 * @param webSockets the same as for polls, unless there may be a proxy and no TLS: for the tunnel through a proxy, the JDK (17
 *     as well as 25) takes an idle connection that polls have left, and asks the proxy what it should ask the server
 * @param executor of a client of its own; null for the user's
 */
record HttpAccess(
        HttpPool polls,
        HttpPool webSockets,
        ProxyFailures proxyFailures,
        @Nullable HttpExecutor executor) {
    /** Whether the HTTP client is one of its own, made as it suits. */
    boolean own() {
        return executor != null;
    }

    /** @param mayBlock whether what the HTTP client does may block */
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
