package io.sockeye.server.adapter;

import io.sockeye.server.SocketServerBuilder;
import io.sockeye.server.host.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What all namespaces of a server share in a cluster, besides the {@link Adapter} of each; given to {@link
 * SocketServerBuilder#adapter}. It serves one server. Methods may be called on any thread and must not block, unless they
 * say otherwise.
 */
public interface Cluster extends AdapterFactory, AutoCloseable {
    /**
     * The name of this server in the cluster: four characters of {@code A-Z a-z 0-9 - _}, which no other server has.
     * Called once, before {@link #start}.
     */
    String node();

    /**
     * Joins the cluster; called once, before the first adapter is made. May block. An exception is thrown by {@link
     * SocketServerBuilder#build}, and {@link #close} is not called then; it is called if building fails later.
     *
     * @param server what the cluster works with on its own server
     */
    void start(LocalServer server);

    /**
     * What servers share so that clients can come back to another server; null, the default, if each keeps its own
     * sessions and log. Called once, before {@link #start}; used after that.
     */
    default @Nullable SharedRecovery recovery() {
        return null;
    }

    /** Whether the other servers can be reached at present, as far as it is known. */
    default boolean healthy() {
        return true;
    }

    /**
     * Forwards a request for a session of another server, which answers it by {@link LocalServer#handle}; for load
     * balancers that do not keep clients on one server. Called on the loop of the exchange. An exception is reported,
     * and ends the exchange.
     *
     * @param node the server's name, which comes from the client: four characters as in {@link #node}, of a server that there
     *     may never have been
     * @return false if there is no such server, or it cannot be reached: the client is answered at once that the
     *     session is unknown. The default forwards nothing
     */
    default boolean forward(String node, Exchange exchange) {
        return false;
    }

    /** Leaves the cluster; called once, after the last adapter was closed. May block. */
    @Override
    void close();
}
