package io.sockeye.server;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The parts of one server that know each other. Any thread. */
final class ServerCore {
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

    ServerCore(ServerSettings settings, HandlerExecutor handlers) {
        this.context = new ServerContext(settings, handlers);
        this.sessionRoom = new SessionRoom(this);
        this.namespaces = new Namespaces(this, settings.usualMaxDynamicNamespaces());
        this.adapters = settings.adapters;
        this.member = new ClusterMember(adapters, this);
        var shared = adapters instanceof Cluster cluster ? cluster.recovery() : null;
        this.recovery = settings.recovery == null ? null : new Recovery(settings.recovery, this, shared);
    }

    /** What they share. */
    ServerContext context() {
        return context;
    }

    SessionRoom sessionRoom() {
        return sessionRoom;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    @Nullable
    Recovery recovery() {
        return recovery;
    }

    AdapterFactory adapters() {
        return adapters;
    }

    ClusterMember member() {
        return member;
    }

    /** Those that are not complete. */
    Set<UsageCount> usageCounts() {
        return usageCounts;
    }

    List<Shard> shards() {
        return shards;
    }

    void start(List<Shard> started) {
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
