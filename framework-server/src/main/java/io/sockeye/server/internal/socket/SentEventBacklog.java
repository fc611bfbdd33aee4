package io.sockeye.server.internal.socket;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.internal.context.Outgoing;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the sent events of one socket that its catch-all handlers have yet to be told of. Above the limit, that of an
 * outbox, they are told of no more until half of it is done.
 */
final class SentEventBacklog {
    private final long limitBytes;
    private final Budget budget;
    private final AtomicLong waitingBytes = new AtomicLong();
    /** Owned by the loop. */
    private boolean full;

    /** @param budget to which is charged what waits */
    SentEventBacklog(long limitBytes, Budget budget) {
        this.budget = budget;
        this.limitBytes = limitBytes;
    }

    /**
     * On the loop: one more event is sent.
     *
     * @param tooMany called if it is the first one too many
     * @return whether it may wait
     */
    boolean add(Outgoing event, Runnable tooMany) {
        long bytes = event.bytes();
        long waiting = waitingBytes.get();
        if (full && waiting > limitBytes / 2) {
            return false;
        }
        full = waiting > 0 && waiting + bytes > limitBytes;
        if (full) {
            tooMany.run();
            return false;
        }
        waitingBytes.addAndGet(bytes);
        event.hold(budget);
        return true;
    }

    /** Any thread: how much waits. */
    long bytes() {
        return waitingBytes.get();
    }

    /** Any thread: the handlers were told of one, or will not be. */
    void remove(Outgoing event) {
        waitingBytes.addAndGet(-event.bytes());
        event.release(budget);
    }
}
