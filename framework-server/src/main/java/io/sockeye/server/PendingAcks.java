package io.sockeye.server;

import io.sockeye.socket.AckTable;
import io.sockeye.socket.PendingAck;
import io.sockeye.socket.SocketPacket;

/** The acknowledgements that one socket owes. Owned by the shard's loop. */
final class PendingAcks {
    private final AckTable table = new AckTable();
    private final Deadlines.Deadline deadline;

    PendingAcks(Deadlines deadlines) {
        deadline = deadlines.create(this::expire);
    }

    /** @param deadlineMillis {@link Long#MAX_VALUE} to wait as long as the socket lives */
    void add(long id, long deadlineMillis, PendingAck pending) {
        table.add(id, deadlineMillis, pending);
        deadline.bringForward(deadlineMillis);
    }

    /** Ids that nobody waits for are ignored: late answers, and a client's mistakes. */
    void receive(SocketPacket.Ack ack) {
        table.complete(ack.ackId(), ack.arguments());
    }

    private void expire(long nowMillis) {
        table.expire(nowMillis);
        deadline.set(table.nextDeadlineMillis());
    }

    void close() {
        deadline.set(Long.MAX_VALUE);
        table.close();
    }
}
