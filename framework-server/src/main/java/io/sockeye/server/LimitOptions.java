package io.sockeye.server;

import io.sockeye.server.netty.LoopFailure;
import java.util.Objects;

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

    LoopFailure loopFailure = LoopFailure.CLOSE;

    LimitOptions() {}

    /**
     * What happens when the thread of an event loop ends by an error, which mostly means that there is no memory; {@link LoopFailure#CLOSE} by
     * default, which leaves the rest of the process alone. {@link LoopFailure#HALT} suits a process that is nothing but a server, and that is
     * started again by whoever watches it.
     */
    public B onLoopFailure(LoopFailure chosen) {
        loopFailure = Objects.requireNonNull(chosen);
        return self();
    }

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
