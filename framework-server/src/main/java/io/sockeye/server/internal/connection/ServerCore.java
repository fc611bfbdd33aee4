package io.sockeye.server.internal.connection;

import io.sockeye.server.adapter.AdapterFactory;
import io.sockeye.server.adapter.Cluster;
import io.sockeye.server.internal.context.CallOrder;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.context.ServerSettings;
import io.sockeye.server.internal.http.Sid;
import io.sockeye.server.internal.namespace.NamespaceParts;
import io.sockeye.server.internal.namespace.Namespaces;
import io.sockeye.server.internal.recovery.Recovery;
import io.sockeye.server.internal.rooms.Loops;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The parts of one server that its connections need. Any thread. */
public final class ServerCore {
    private final ServerContext context;
    private final SessionRoom sessionRoom;
    private final AdapterFactory adapters;
    private final String node;
    /** Null if clients cannot come back. */
    private final @Nullable Recovery recovery;

    private final Namespaces namespaces;
    /** What is done when the server has ended. */
    private final Set<Runnable> whenStopped = ConcurrentHashMap.newKeySet();

    private final Loops loops = new Loops();
    /** Empty unless the server runs. */
    private volatile List<Shard> shards = List.of();

    public ServerCore(ServerSettings settings, HandlerExecutor handlers) {
        this.context = new ServerContext(settings, handlers);
        this.sessionRoom = new SessionRoom(this);
        this.adapters = settings.adapters;
        this.node = adapters instanceof Cluster cluster
                ? Sid.checkNode(cluster.node())
                : Sid.random(context.random()).substring(0, Sid.NODE_LENGTH);
        var shared = adapters instanceof Cluster cluster ? cluster.recovery() : null;
        this.recovery = settings.recovery == null ? null : new Recovery(settings.recovery, context, loops, shared);
        var order = recovery == null ? null : recovery.order();
        this.namespaces = new Namespaces(
                new NamespaceParts(context, loops, node, adapters, order), settings.usualMaxDynamicNamespaces());
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

    /** The name of this server: four characters. */
    public String node() {
        return node;
    }

    /** In which order what users do takes effect on loops. */
    CallOrder callOrder() {
        return recovery == null ? CallOrder.DIRECT : recovery;
    }

    public List<Shard> shards() {
        return shards;
    }

    public void start(List<Shard> started) {
        if (recovery != null) {
            recovery.start(started.stream().map(Shard::log).toList());
        }
        context.start(started.get(0).loop());
        shards = List.copyOf(started);
        loops.start(started.stream().map(Shard::rooms).toList());
    }

    /** Runs a task when the server has ended, unless that is taken back. */
    public void whenStopped(Runnable task) {
        whenStopped.add(task);
    }

    public void notWhenStopped(Runnable task) {
        whenStopped.remove(task);
    }

    /** From now on nobody is asked any more, since nobody would answer. */
    public void stop() {
        context.calls().keepInterrupts();
        loops.stop();
        shards = List.of();
        context.stopTimer();
        if (recovery != null) {
            recovery.close();
        }
        whenStopped.forEach(Runnable::run);
        context.calls().stop();
    }
}
