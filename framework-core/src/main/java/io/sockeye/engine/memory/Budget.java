package io.sockeye.engine.memory;

import java.util.concurrent.atomic.LongAdder;

/**
 * Bytes that are held for all peers together, and their limit. Charging always succeeds, even beyond the limit: the
 * budget's owner checks it regularly and disconnects the peers that hold the most. Any thread.
 */
public final class Budget {
    private final long limitBytes;
    private final LongAdder held = new LongAdder();

    /** @throws IllegalArgumentException if the limit is not positive */
    public Budget(long limitBytes) {
        if (limitBytes < 1) {
            throw new IllegalArgumentException("a budget of " + limitBytes + " bytes");
        }
        this.limitBytes = limitBytes;
    }

    /** Charges bytes; a negative number gives bytes back. */
    public void add(long bytes) {
        held.add(bytes);
    }

    /** Bytes that are held at present; exact while no other thread charges. */
    public long heldBytes() {
        return held.sum();
    }

    /** Whether more is held than the limit allows. */
    public boolean isFull() {
        return held.sum() > limitBytes;
    }

    /** The limit. */
    public long limitBytes() {
        return limitBytes;
    }
}
