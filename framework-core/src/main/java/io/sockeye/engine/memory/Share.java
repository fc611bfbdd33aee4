package io.sockeye.engine.memory;

import java.util.concurrent.atomic.AtomicInteger;

/** Bytes that may be held in many places at the same time, and are charged once for all of them. Any thread. */
public final class Share {
    private final long bytes;
    /** In how many places they are held. */
    private final AtomicInteger holders = new AtomicInteger();

    public Share(long bytes) {
        this.bytes = bytes;
    }

    /** How many they are. */
    public long bytes() {
        return bytes;
    }

    /** One more place holds them; {@link #release} follows. All holders name the same budget. */
    public void hold(Budget budget) {
        // Each holder adds before it takes away, so that the sum is right in the end, whoever is in between.
        if (holders.getAndIncrement() == 0) {
            budget.add(bytes);
        }
    }

    /** One of these places holds them no more. */
    public void release(Budget budget) {
        if (holders.decrementAndGet() == 0) {
            budget.add(-bytes);
        }
    }
}
