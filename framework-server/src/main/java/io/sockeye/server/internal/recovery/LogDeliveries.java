package io.sockeye.server.internal.recovery;

import io.sockeye.server.internal.context.ServerLoop;
import io.sockeye.server.internal.rooms.Loops;
import java.util.List;

/** Has what the log says done on the loops. Any thread. */
final class LogDeliveries implements EventLog.Delivery {
    private final Loops loops;
    /** By the indices of their loops; empty before the server runs. */
    private volatile List<LogDelivery> all = List.of();

    LogDeliveries(Loops loops) {
        this.loops = loops;
    }

    void start(List<LogDelivery> started) {
        all = List.copyOf(started);
    }

    LogDelivery on(ServerLoop loop) {
        return all.get(loop.index());
    }

    /** Has an entry done on all loops, if the server runs. */
    @Override
    public void post(long number, LogEntry entry) {
        for (var rooms : loops.running()) {
            on(rooms.loop()).post(number, entry);
        }
    }

    /** The same for what was in the log of a cluster and could not be read. */
    void postGap(long number) {
        for (var rooms : loops.running()) {
            on(rooms.loop()).postGap(number);
        }
    }
}
