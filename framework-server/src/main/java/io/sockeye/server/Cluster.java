package io.sockeye.server;

import io.sockeye.server.host.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What all namespaces of a server share in a cluster, besides the {@link Adapter} of each; given to {@link
 * SocketServerBuilder#adapter}. It serves one server. Methods may be called on any thread and must not block, unless they
 * say otherwise.
 */
public interface Cluster extends AdapterFactory, AutoCloseable {
    /**
     * The name of this server in the cluster: four characters of {@code A-Z a-z 0-9 - _}, which no other server has. Asked for
     * once, before {@link #start}.
     */
    String node();

    /**
     * Begins to take part; called once, before the first adapter is made. May block. What it throws goes to whoever builds
     * the server, and {@link #close} is not called then; it is if something else fails while the server is built.
     *
     * @param server what the cluster works with on its own server
     */
    void start(LocalServer server);

    /**
     * What lets clients come back to another server; null, by default, if each keeps its own sessions and log. Asked for once,
     * before {@link #start}; used after that.
     */
    default @Nullable SharedRecovery recovery() {
        return null;
    }

    /** Whether the other servers can be reached at the moment, as far as it is known. */
    default boolean healthy() {
        return true;
    }

    /**
     * Has another server answer a request that is for one of its sessions, where clients do not stay with one server: it is
     * given there to {@link LocalServer#handle}. Called on the loop of the exchange. What it throws is reported, and ends the
     * exchange.
     *
     * @param node the server's name, which comes from the client: four characters as in {@link #node}, of a server that there
     *     may never have been
     * @return false if there is no such server, or none that can be reached: the client is told at once that there is no such
     *     session. By default nothing is forwarded
     */
    default boolean forward(String node, Exchange exchange) {
        return false;
    }

    /** Takes no more part; called once, after the last adapter was closed. May block. */
    @Override
    void close();
}
