package io.sockeye.server.internal.recovery;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.rooms.Loops;
import io.sockeye.server.internal.rooms.RoomMember;
import io.sockeye.server.internal.socket.LocalSocket;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The order of the log that all servers of a cluster share, of whose end this server has a copy. Any thread. */
final class ClusterOrder implements LogOrder, LogFollower.Delivery {
    private final ServerContext context;
    private final Loops loops;
    private final EventLog copy;
    private final LogDeliveries deliveries;
    private final LogFollower follower;

    ClusterOrder(LogParts parts, ClusterLog shared, LogFollower.Limits limits) {
        this.context = parts.context();
        this.loops = parts.loops();
        this.copy = parts.log();
        this.deliveries = parts.deliveries();
        this.follower = new LogFollower(shared, this, limits, context::nowMillis);
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
    public void send(String namespace, SocketPacket.Event event, Target target, Flags flags) {
        var emitted = new ClusterLog.Emitted(namespace, target, event.arguments(), flags.compress());
        follower.append(
                emitted,
                () -> { // It is not in the log: it is sent on this server alone.
                    var outgoing = Outgoing.of(LogEntry.event(emitted), LogEntry.flags(emitted), context);
                    postEverywhere(emitted, socket -> socket.deliver(outgoing));
                });
    }

    @Override
    public void sendTo(LocalSocket socket, SocketPacket.Event event, Flags flags) {
        send(socket.namespace().name(), event, Target.ALL.to(Set.of(socket.id())), flags);
    }

    @Override
    public void change(ClusterLog.Entry what) {
        follower.append(what, () -> postEverywhere(what, socket -> socket.change(what)));
    }

    private void postEverywhere(ClusterLog.Entry entry, Consumer<RoomMember> action) {
        loops.running()
                .forEach(rooms -> rooms.loop().post(() -> rooms.forEach(entry.namespace(), entry.target(), action)));
    }

    @Override
    public boolean isShared() {
        return true;
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
        return copy.goesOn(offset, deliveries::postGap);
    }

    @Override
    public void deliver(String offset, ClusterLog.Entry entry) {
        copy.append(context.nowMillis(), offset, LogEntry.of(entry, offset, context), deliveries);
    }

    @Override
    public void report(Throwable failure) {
        context.calls().report(failure, "log of the cluster");
    }
}
