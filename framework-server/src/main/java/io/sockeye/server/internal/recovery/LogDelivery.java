package io.sockeye.server.internal.recovery;

import io.sockeye.server.internal.rooms.LoopRooms;
import java.util.function.LongConsumer;

/** Does on one loop what the log says to the sockets that are there. Owned by the loop. */
public final class LogDelivery {
    private final LoopRooms rooms;
    private final LongConsumer missed;
    /** The last number that was posted here; written while the log is held. */
    private volatile long posted;
    /** The last number that was delivered here. */
    private long delivered;

    /** @param missed told, on the loop, of the number of what could not be read: those that are here have missed it */
    public LogDelivery(LoopRooms rooms, LongConsumer missed) {
        this.rooms = rooms;
        this.missed = missed;
    }

    /** Has done later what the log says. Any thread, while the log is held. */
    void post(long number, LogEntry entry) {
        posted = number;
        rooms.loop().post(() -> deliver(number, entry));
    }

    /** The same for what was in the log of a cluster and could not be read: those that are here have missed it. */
    void postGap(long number) {
        posted = number;
        rooms.loop().post(() -> {
            delivered = number;
            missed.accept(number);
        });
    }

    private void deliver(long number, LogEntry entry) {
        delivered = number;
        if (entry instanceof LogEntry.Sent sent) {
            rooms.forEach(sent.namespace(), sent.target(), socket -> socket.deliverLogged(number, sent.outgoing()));
        } else if (entry instanceof LogEntry.SentToOne sent) {
            var socket = rooms.find(sent.namespace(), sent.id());
            if (socket != null) {
                socket.deliverLogged(number, sent.outgoing());
            }
        } else if (entry instanceof LogEntry.SocketChange change) {
            rooms.forEach(change.namespace(), change.target(), socket -> socket.changeLogged(number, change.what()));
        }
    }

    /** Up to which number of the log all is done that concerns those that are here. */
    long done(EventLog log) {
        long end = log.end(); // First: what was posted before is known then.
        return posted == delivered ? end : delivered;
    }
}
