package io.sockeye.engine.memory;

import io.sockeye.protocol.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much one place holds of packets, as it is charged to a budget: those that are for many are charged once for all of
 * them. Not thread-safe.
 */
public final class HeldPackets {
    /** Null if nobody counts. */
    private final @Nullable Budget budget;

    private long bytes;

    public HeldPackets(@Nullable Budget budget) {
        this.budget = budget;
    }

    /** These are held, too. */
    public void add(List<EnginePacket> packets) {
        if (packets instanceof SharedPackets shared) {
            add(shared.share());
        } else {
            add(EnginePacket.heldBytes(packets));
        }
    }

    /** These are held no more; the very same list. */
    public void remove(List<EnginePacket> packets) {
        if (packets instanceof SharedPackets shared) {
            remove(shared.share());
        } else {
            add(-EnginePacket.heldBytes(packets));
        }
    }

    /** What may be held elsewhere, too. */
    public void add(Share share) {
        bytes += share.bytes();
        if (budget != null) {
            share.hold(budget);
        }
    }

    /** Gives that back. */
    public void remove(Share share) {
        bytes -= share.bytes();
        if (budget != null) {
            share.release(budget);
        }
    }

    /** So many bytes are held that are nobody else's; fewer if the number is negative. */
    public void add(long own) {
        bytes += own;
        if (budget != null) {
            budget.add(own);
        }
    }

    /** How much this place holds, also of what others hold, too. */
    public long bytes() {
        return bytes;
    }

    /** Null if nobody counts. */
    @Nullable
    public Budget budget() {
        return budget;
    }
}
