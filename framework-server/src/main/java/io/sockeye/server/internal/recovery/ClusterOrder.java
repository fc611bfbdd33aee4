package io.sockeye.server.internal.recovery;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ClusterLog;
import io.sockeye.server.Flags;
import io.sockeye.server.SharedRecovery;
import io.sockeye.server.Target;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.server.ServerCore;
import io.sockeye.server.internal.socket.LocalSocket;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The order of the log that all servers of a cluster share, of whose end this server has a copy. Any thread. */
final class ClusterOrder implements EventOrder, LogFollower.Delivery {
    private final ServerCore core;
    private final EventLog copy;
    private final EventLog.Delivery everywhere;
    private final LogFollower follower;

    ClusterOrder(ServerCore core, EventLog copy, SharedRecovery shared, LogFollower.Limits limits) {
        this.core = core;
        this.copy = copy;
        this.everywhere = LogDelivery.everywhere(core);
        this.follower = new LogFollower(shared.log(), this, limits, core.context()::nowMillis);
    }

    @Override
    public void start() {
        follower.start();
    }

    @Override
    public void whenBegun(Runnable task) {
        follower.whenBegun(task);
    }

    @Override
    public void send(LocalNamespace namespace, SocketPacket.Event event, Target target, Flags flags) {
        var emitted = new ClusterLog.Emitted(namespace.name(), target, event.arguments(), flags.compress());
        follower.append(
                emitted,
                () -> { // It is not in the log: it is sent on this server alone.
                    var outgoing = Outgoing.of(LogEntry.event(emitted), LogEntry.flags(emitted), core.context());
                    postEverywhere(emitted, socket -> socket.deliver(outgoing));
                });
    }

    @Override
    public void sendTo(LocalSocket socket, SocketPacket.Event event, Flags flags) {
        send(socket.namespace(), event, Target.ALL.to(Set.of(socket.id())), flags);
    }

    @Override
    public void steer(ClusterLog.Entry what) {
        follower.append(what, () -> postEverywhere(what, new LogEntry.SocketChange(what)::applyTo));
    }

    private void postEverywhere(ClusterLog.Entry entry, Consumer<LocalSocket> action) {
        core.shards().forEach(shard -> shard.post(() -> shard.forEach(entry.namespace(), entry.target(), action)));
    }

    @Override
    public void behind(Runnable task) {
        follower.afterAppended(task);
    }

    @Override
    public @Nullable String offset(long number) {
        return copy.offset(number);
    }

    @Override
    public long number(@Nullable String offset) {
        return offset == null ? -1 : copy.number(offset);
    }

    @Override
    public void expire() {
        follower.expire();
    }

    @Override
    public int unlogged() {
        return follower.size();
    }

    @Override
    public boolean begin(String offset) {
        return copy.goesOn(
                offset, number -> core.shards().forEach(shard -> shard.log().postGap(number)));
    }

    @Override
    public void deliver(String offset, ClusterLog.Entry entry) {
        copy.append(core.context().nowMillis(), offset, LogEntry.of(entry, offset, core.context()), everywhere);
    }

    @Override
    public void report(Throwable failure) {
        core.context().calls().report(failure, "log of the cluster");
    }
}
