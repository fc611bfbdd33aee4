package io.sockeye.engine;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Packets that may wait for many peers at the same time, and are charged once for all of them. The list itself is
 * immutable. Any thread.
 */
public final class SharedPackets extends AbstractList<EnginePacket> implements RandomAccess {
    private final List<EnginePacket> packets;
    /** In how many places they are held. */
    private final AtomicInteger holders = new AtomicInteger();

    public SharedPackets(List<EnginePacket> packets) {
        this.packets = List.copyOf(packets);
    }

    @Override
    public EnginePacket get(int index) {
        return packets.get(index);
    }

    @Override
    public int size() {
        return packets.size();
    }

    /** One more place holds them; {@link #release} follows. All holders name the same budget. */
    public void hold(Budget budget) {
        // Each holder adds before it takes away, so that the sum is right in the end, whoever is in between.
        if (holders.getAndIncrement() == 0) {
            budget.add(Outbox.sizeOf(packets));
        }
    }

    /** One of these places holds them no more. */
    public void release(Budget budget) {
        if (holders.decrementAndGet() == 0) {
            budget.add(-Outbox.sizeOf(packets));
        }
    }
}
