package io.sockeye.engine.memory;

import io.sockeye.protocol.EnginePacket;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Packets that may wait for many peers at the same time, and are charged once for all of them. The list itself is
 * immutable. Any thread.
 */
public final class SharedPackets extends AbstractList<EnginePacket> implements RandomAccess {
    private final List<EnginePacket> packets;
    private final Share share;

    public SharedPackets(List<EnginePacket> packets) {
        this.packets = List.copyOf(packets);
        this.share = new Share(EnginePacket.heldBytes(this.packets));
    }

    @Override
    public EnginePacket get(int index) {
        return packets.get(index);
    }

    @Override
    public int size() {
        return packets.size();
    }

    /** The packets' size in memory. Does not refer to the packets, so that keeping it does not keep them. */
    public Share share() {
        return share;
    }
}
