package io.sockeye.server.internal.server;

import io.sockeye.server.adapter.AdapterFactory;
import io.sockeye.server.adapter.Cluster;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.engine.ForeignSessions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The part of a server in its cluster; a server that stands alone has one, too. Any thread. */
final class ClusterMember {
    private final AdapterFactory adapters;
    private final ServerCore core;
    /** Who answers requests of other servers; null unless there are loops. */
    private volatile @Nullable Consumer<Exchange> requests;

    private volatile List<? extends Loop> loops = List.of();

    ClusterMember(ServerCore core) {
        this.adapters = core.adapters();
        this.core = core;
    }

    /** Whether the other servers can be reached. */
    boolean isHealthy() {
        return !(adapters instanceof Cluster cluster) || cluster.healthy();
    }

    /** Begins to take part. */
    void start() {
        if (adapters instanceof Cluster cluster) {
            cluster.start(new ClusterView(core, this));
        }
    }

    /** Takes no more part. */
    void close() {
        if (adapters instanceof Cluster cluster) {
            var calls = core.context().calls();
            calls.guardAnywhere(cluster::close, () -> "cluster", error -> calls.report(error, "cluster"));
        }
        requests = null;
        loops = List.of();
    }

    /** Those of the other servers. */
    ForeignSessions foreignSessions() {
        return adapters instanceof Cluster cluster
                ? (name, exchange) -> !name.equals(core.node()) && forward(cluster, name, exchange)
                : ForeignSessions.NONE;
    }

    /** Nobody knows what the cluster has done with an exchange before it threw something. */
    private boolean forward(Cluster cluster, String name, Exchange exchange) {
        try {
            return cluster.forward(name, exchange);
        } catch (Throwable e) {
            core.context().calls().report(e, "cluster");
            exchange.fail(e);
            return true;
        }
    }

    /** From now on requests that other servers received are answered. */
    void answers(List<? extends Loop> running, Consumer<Exchange> handler) {
        requests = handler;
        loops = running;
    }

    List<? extends Loop> loops() {
        return loops;
    }

    /**
     * Answers a request that another server received.
     *
     * @throws IllegalStateException unless this server runs
     */
    void handle(Exchange exchange) {
        var handler = requests;
        if (handler == null) {
            throw new IllegalStateException("the server does not run");
        }
        handler.accept(exchange);
    }
}
