package io.sockeye.server.internal.recovery;

import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.rooms.EachRecipient;
import io.sockeye.server.internal.server.ServerCore;
import java.util.ArrayList;

/** Does on one loop what the log says to the sockets that are there. Owned by the loop. */
public final class LogDelivery {
    private final Shard shard;
    /** The last number that was posted here; written while the log is held. */
    private volatile long posted;
    /** The last number that was delivered here. */
    private long delivered;

    public LogDelivery(Shard shard) {
        this.shard = shard;
    }

    /** Has an entry done on all loops. */
    static EventLog.Delivery everywhere(ServerCore core) {
        return (number, entry) -> {
            for (var shard : core.shards()) {
                shard.log().post(number, entry);
            }
        };
    }

    /** Has done later what the log says. Any thread, while the log is held. */
    void post(long number, LogEntry entry) {
        posted = number;
        shard.post(() -> deliver(number, entry));
    }

    /** The same for what was in the log of a cluster and could not be read: those that are here have missed it. */
    void postGap(long number) {
        posted = number;
        shard.post(() -> {
            delivered = number;
            EachRecipient.each(new ArrayList<>(shard.connections()), connection -> connection.missed(number));
        });
    }

    private void deliver(long number, LogEntry entry) {
        delivered = number;
        if (entry instanceof LogEntry.Sent sent) {
            shard.forEach(
                    sent.namespace(),
                    sent.target(),
                    socket -> socket.membership().deliver(number, sent.outgoing()));
        } else if (entry instanceof LogEntry.SentToOne sent) {
            var socket = shard.find(sent.namespace(), sent.id());
            if (socket != null) {
                socket.membership().deliver(number, sent.outgoing());
            }
        } else if (entry instanceof LogEntry.SocketChange steering) {
            shard.forEach(
                    steering.namespace(),
                    steering.target(),
                    socket -> socket.membership().steer(number, steering));
        }
    }

    /** Up to which number of the log all is done that concerns those that are here. */
    public long done(EventLog log) {
        long end = log.end(); // First: what was posted before is known then.
        return posted == delivered ? end : delivered;
    }
}
