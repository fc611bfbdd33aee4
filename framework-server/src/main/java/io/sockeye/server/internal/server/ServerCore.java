package io.sockeye.server.internal.server;

import io.sockeye.server.AdapterFactory;
import io.sockeye.server.Cluster;
import io.sockeye.server.internal.connection.SessionRoom;
import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.context.ServerSettings;
import io.sockeye.server.internal.namespace.Namespaces;
import io.sockeye.server.internal.recovery.Recovery;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The parts of one server that know each other. Any thread. */
public final class ServerCore {
    private final ServerContext context;
    private final SessionRoom sessionRoom;
    private final AdapterFactory adapters;
    private final ClusterMember member;
    /** Null if clients cannot come back. */
    private final @Nullable Recovery recovery;

    private final Namespaces namespaces;
    /** What the server holds is being counted for somebody. */
    private final Set<UsageCount> usageCounts = ConcurrentHashMap.newKeySet();
    /** Empty unless the server runs. */
    private volatile List<Shard> shards = List.of();

    public ServerCore(ServerSettings settings, HandlerExecutor handlers) {
        this.context = new ServerContext(settings, handlers);
        this.sessionRoom = new SessionRoom(this);
        this.namespaces = new Namespaces(this, settings.usualMaxDynamicNamespaces());
        this.adapters = settings.adapters;
        this.member = new ClusterMember(adapters, this);
        var shared = adapters instanceof Cluster cluster ? cluster.recovery() : null;
        this.recovery = settings.recovery == null ? null : new Recovery(settings.recovery, this, shared);
    }

    /** What they share. */
    public ServerContext context() {
        return context;
    }

    public SessionRoom sessionRoom() {
        return sessionRoom;
    }

    public Namespaces namespaces() {
        return namespaces;
    }

    @Nullable
    public Recovery recovery() {
        return recovery;
    }

    public AdapterFactory adapters() {
        return adapters;
    }

    public ClusterMember member() {
        return member;
    }

    /** Those that are not complete. */
    Set<UsageCount> usageCounts() {
        return usageCounts;
    }

    public List<Shard> shards() {
        return shards;
    }

    public void start(List<Shard> started) {
        context.start(started.get(0));
        shards = List.copyOf(started);
    }

    /** From now on nobody is asked any more, since nobody would answer. */
    void stop() {
        context.calls().keepInterrupts();
        shards = List.of();
        context.stopTimer();
        if (recovery != null) {
            recovery.close();
        }
        usageCounts.forEach(UsageCount::end);
        context.calls().stop();
    }
}
