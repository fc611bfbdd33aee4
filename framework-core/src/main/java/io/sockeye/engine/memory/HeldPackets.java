package io.sockeye.engine.memory;

import io.sockeye.protocol.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the packets that one place holds, charged to a budget. Packets that many places share are charged once
 * for all of them. Not thread-safe.
 */
public final class HeldPackets {
    /** Null if the bytes are not charged. */
    private final @Nullable Budget budget;

    private long bytes;

    public HeldPackets(@Nullable Budget budget) {
        this.budget = budget;
    }

    /** Adds packets. */
    public void add(List<EnginePacket> packets) {
        if (packets instanceof SharedPackets shared) {
            add(shared.share());
        } else {
            add(EnginePacket.heldBytes(packets));
        }
    }

    /** Removes packets; the list must be the one that was added, not an equal one. */
    public void remove(List<EnginePacket> packets) {
        if (packets instanceof SharedPackets shared) {
            remove(shared.share());
        } else {
            add(-EnginePacket.heldBytes(packets));
        }
    }

    /** Adds bytes that other places may hold, too. */
    public void add(Share share) {
        bytes += share.bytes();
        if (budget != null) {
            share.hold(budget);
        }
    }

    /** Removes bytes that other places may hold, too. */
    public void remove(Share share) {
        bytes -= share.bytes();
        if (budget != null) {
            share.release(budget);
        }
    }

    /** Adds bytes that this place alone holds; a negative number removes bytes. */
    public void add(long own) {
        bytes += own;
        if (budget != null) {
            budget.add(own);
        }
    }

    /** All bytes that this place holds, with those that it shares. */
    public long bytes() {
        return bytes;
    }

    /** The budget; null if the bytes are not charged. */
    @Nullable
    public Budget budget() {
        return budget;
    }
}
