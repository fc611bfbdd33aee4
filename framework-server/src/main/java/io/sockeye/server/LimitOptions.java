package io.sockeye.server;

/**
 * The part of {@link SocketServerBuilder} that bounds what clients can make the server keep. Not thread-safe.
 *
 * <pre>{@code
 * SocketServer.builder().maxDynamicNamespaces(1_000)
 * }</pre>
 *
 * @param <B> the builder
 */
public abstract sealed class LimitOptions<B extends LimitOptions<B>> extends HttpOptions<B>
        permits SocketServerBuilder {
    int maxDynamicNamespaces = 10_000;

    LimitOptions() {}

    /**
     * How many namespaces that clients brought into being, see {@link SocketServer#of(java.util.regex.Pattern)}, there may be at the
     * same time, of all clients together; 10,000 by default. A client that asks for one more is refused with the message
     * {@code too many namespaces}, which is logged once a minute. Those that {@link SocketServer#of(String)} makes do not count.
     */
    public B maxDynamicNamespaces(int count) {
        maxDynamicNamespaces = Setting.atLeast(1, "maxDynamicNamespaces", count);
        return self();
    }
}
