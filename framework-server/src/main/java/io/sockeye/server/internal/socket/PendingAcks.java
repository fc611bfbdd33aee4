package io.sockeye.server.internal.socket;

import io.sockeye.ack.AckTable;
import io.sockeye.ack.PendingAck;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.internal.threads.Deadlines;
import java.util.function.IntConsumer;

/** The acknowledgements that one socket owes. Owned by the shard's loop. */
final class PendingAcks {
    private final AckTable table = new AckTable();
    private final Deadlines.Deadline deadline;
    private final Runnable anyChanged;
    private final IntConsumer counted;
    /** What {@link #any} was when last told. */
    private boolean any;

    /**
     * For one socket.
     *
     * @param anyChanged told when {@link #any} has changed
     * @param counted told how many are owed, when that may have changed
     */
    PendingAcks(Deadlines deadlines, Runnable anyChanged, IntConsumer counted) {
        this.deadline = deadlines.create(this::expire);
        this.anyChanged = anyChanged;
        this.counted = counted;
    }

    int size() {
        return table.size();
    }

    /** Whether any is owed. */
    boolean any() {
        return table.size() > 0;
    }

    private void tellIfChanged() {
        counted.accept(table.size());
        if (any != any()) {
            any = !any;
            anyChanged.run();
        }
    }

    /** @param deadlineMillis {@link Long#MAX_VALUE} to wait as long as the socket lives */
    void add(long id, long deadlineMillis, PendingAck pending) {
        table.add(id, deadlineMillis, pending);
        deadline.bringForward(deadlineMillis);
        tellIfChanged();
    }

    /** Ids that nobody waits for are ignored: late answers, and a client's mistakes. */
    void receive(SocketPacket.Ack ack) {
        table.complete(ack.ackId(), ack.arguments());
        tellIfChanged();
    }

    private void expire(long nowMillis) {
        table.expire(nowMillis);
        deadline.set(table.nextDeadlineMillis());
        tellIfChanged();
    }

    void close() {
        deadline.set(Long.MAX_VALUE);
        table.close();
        tellIfChanged();
    }
}
