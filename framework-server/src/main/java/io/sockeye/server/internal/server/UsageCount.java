package io.sockeye.server.internal.server;

import io.sockeye.server.ServerUsage;
import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.recovery.Recovery;
import io.sockeye.server.internal.socket.Delivery;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/** Counts what a server holds: on one loop after the other, so that it needs no lock, then what belongs to none. */
final class UsageCount {
    private final ServerCore core;
    private final CompletableFuture<ServerUsage> done = new CompletableFuture<>();

    private long connections;
    private long memberships;
    private long acknowledgements;
    private long waitingEvents;
    private long waitingBytes;
    private long deadlines;

    private UsageCount(ServerCore core) {
        this.core = core;
    }

    static CompletableFuture<ServerUsage> of(ServerCore core) {
        var count = new UsageCount(core);
        Runnable end = count::end;
        core.whenStopped(end);
        count.done.whenComplete((usage, failure) -> core.notWhenStopped(end));
        var loops = core.shards();
        if (!loops.isEmpty()) {
            count.next(loops.iterator());
        }
        if (core.shards().isEmpty()) {
            count.done.complete(new UsageCount(core).total());
        }
        return count.done;
    }

    /** The server has ended, and its loops may drop what they were given: what they hold is not counted any more. */
    private void end() {
        complete(new UsageCount(core).total());
    }

    private void next(Iterator<Shard> loops) {
        if (loops.hasNext()) {
            var loop = loops.next();
            loop.post(() -> {
                add(loop);
                next(loops);
            });
        } else {
            complete(total());
        }
    }

    private void complete(ServerUsage total) {
        core.context().replyMailbox().post(() -> done.complete(total));
    }

    private void add(Shard loop) {
        connections += loop.connectionCount();
        deadlines += loop.deadlines().size();
        waitingBytes += loop.waitingBytes();
        loop.rooms().all().forEach(rooms -> memberships += rooms.memberships());
        loop.connections().forEach(connection -> connection.sockets().all().forEach(socket -> add(socket.delivery())));
    }

    private void add(Delivery delivery) {
        acknowledgements += delivery.acknowledgements();
        waitingEvents += delivery.waitingEvents();
        waitingBytes += delivery.overheardBytes();
    }

    private ServerUsage total() {
        var namespaces = core.namespaces().all();
        long sockets = 0;
        long rooms = 0;
        long questions = 0;
        for (var namespace : namespaces) {
            sockets += namespace.localSocketsOf().size();
            rooms += namespace.roomEvents().size();
            questions += namespace.questions().size();
        }
        var recovery = core.recovery();
        var log = recovery == null ? null : recovery.log();
        return new ServerUsage(
                connections,
                namespaces.size(),
                sockets,
                rooms,
                memberships,
                acknowledgements,
                questions,
                waitingEvents,
                waitingBytes,
                deadlines,
                recovery == null ? 0 : sessions(recovery),
                recovery == null ? 0 : recovery.sessions().size(),
                log == null ? 0 : log.size(),
                log == null ? 0 : log.bytes(),
                recovery == null ? 0 : recovery.order().unlogged());
    }

    /** Also those on their way from or to other servers. */
    private static long sessions(Recovery recovery) {
        var exchange = recovery.exchange();
        return recovery.sessions().all() + (exchange == null ? 0 : exchange.size());
    }
}
