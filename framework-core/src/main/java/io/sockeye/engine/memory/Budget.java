package io.sockeye.engine.memory;

import java.util.concurrent.atomic.LongAdder;

/**
 * Bytes that are held for all peers together, against what may be. Whoever holds something charges it here, also if there
 * is no room left: whoever owns the budget looks at it now and then, and ends those who hold too much. Any thread.
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

    /** Charges so many bytes, or gives them back if the number is negative. */
    public void add(long bytes) {
        held.add(bytes);
    }

    /** Bytes that are held at the moment; exact when nobody charges meanwhile. */
    public long heldBytes() {
        return held.sum();
    }

    /** Whether more is held than may be. */
    public boolean isFull() {
        return held.sum() > limitBytes;
    }

    /** Bytes that may be held. */
    public long limitBytes() {
        return limitBytes;
    }
}
