package io.sockeye.engine.memory;

import java.util.concurrent.atomic.AtomicInteger;

/** Bytes that may be held in many places at the same time, and are charged once for all of them. Any thread. */
public final class Share {
    private final long bytes;
    /** The number of places that hold them. */
    private final AtomicInteger holders = new AtomicInteger();

    public Share(long bytes) {
        this.bytes = bytes;
    }

    /** Their number. */
    public long bytes() {
        return bytes;
    }

    /** One more place holds them; {@link #release} must follow. All calls must name the same budget. */
    public void hold(Budget budget) {
        // The count's changes 0→1 and 1→0 alternate, and sums commute: the budget is right in any order of its calls.
        if (holders.getAndIncrement() == 0) {
            budget.add(bytes);
        }
    }

    /** One of these places no longer holds them. */
    public void release(Budget budget) {
        if (holders.decrementAndGet() == 0) {
            budget.add(-bytes);
        }
    }
}
