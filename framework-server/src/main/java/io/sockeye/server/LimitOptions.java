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
    int maxRooms = 10_000;

    LoopFailure loopFailure = LoopFailure.CLOSE;

    LimitOptions() {}

    /**
     * In how many rooms a socket may be by {@link Socket#join}, 10,000 by default. To join one more fails with a {@link
     * io.sockeye.event.Rejection}, {@code too many rooms}: the answer to a client whose request brought that about. Logged once a minute. What
     * the application does to many sockets, {@link Audience#socketsJoin}, is not bounded.
     */
    public B maxRooms(int count) {
        maxRooms = Setting.atLeast(1, "maxRooms", count);
        return self();
    }

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
