package io.sockeye.engine;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packets that wait until the transport is writable, in order. Owned by its session. */
final class Outbox {
    /** What the objects of a small packet take, about; else a limit in bytes would let many tiny ones through. */
    private static final int PACKET_OVERHEAD = 64;

    /** Null while nothing waits: most sessions never need one. */
    private @Nullable ArrayDeque<List<EnginePacket>> waiting;

    private long bytes;

    void add(List<EnginePacket> packets) {
        queue().addLast(packets);
        bytes += sizeOf(packets);
    }

    void addFirst(List<EnginePacket> packets) {
        queue().addFirst(packets);
        bytes += sizeOf(packets);
    }

    private ArrayDeque<List<EnginePacket>> queue() {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        return waiting;
    }

    private List<EnginePacket> remove(ArrayDeque<List<EnginePacket>> queue) {
        var packets = queue.remove();
        bytes -= sizeOf(packets);
        if (queue.isEmpty()) {
            waiting = null;
        }
        return packets;
    }

    /** Takes packets back that still wait; whether they did. The very same list is meant, not an equal one. */
    boolean withdraw(List<EnginePacket> packets) {
        if (waiting == null) {
            return false;
        }
        // From the oldest on: what times out first was mostly sent first.
        for (var candidates = waiting.iterator(); candidates.hasNext(); ) {
            if (candidates.next() == packets) {
                candidates.remove();
                bytes -= sizeOf(packets);
                waiting = waiting.isEmpty() ? null : waiting;
                return true;
            }
        }
        return false;
    }

    /** Hands over what waits, as long as the transport takes it. */
    void drainTo(Transport transport) {
        while (waiting != null && transport.writable()) {
            transport.write(remove(waiting));
        }
    }

    /** Hands over what waits, as long as the transport takes it and the body has room. */
    void drainTo(Transport transport, PostBody body) {
        while (waiting != null && transport.writable()) {
            var packets = remove(waiting);
            int written = body.write(transport, packets);
            if (written < packets.size()) {
                addFirst(packets.subList(written, packets.size()));
                return;
            }
        }
    }

    boolean isEmpty() {
        return waiting == null;
    }

    long bytes() {
        return bytes;
    }

    static long sizeOf(List<EnginePacket> packets) {
        long size = 0;
        for (var packet : packets) {
            size += packet.data().length() + PACKET_OVERHEAD;
        }
        return size;
    }
}
