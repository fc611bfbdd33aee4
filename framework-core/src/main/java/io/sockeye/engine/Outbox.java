package io.sockeye.engine;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packets that wait until the transport is writable, in order. Owned by its session. */
final class Outbox {
    /** Null while nothing waits: most sessions never need one. */
    private @Nullable ArrayDeque<List<EnginePacket>> waiting;

    private long bytes;

    void add(List<EnginePacket> packets) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(packets);
        bytes += sizeOf(packets);
    }

    /** Hands over what waits, as long as the transport takes it. */
    void drainTo(Transport transport) {
        while (waiting != null && transport.writable()) {
            var packets = waiting.remove();
            bytes -= sizeOf(packets);
            if (waiting.isEmpty()) {
                waiting = null;
            }
            transport.write(packets);
        }
    }

    boolean isEmpty() {
        return waiting == null;
    }

    long bytes() {
        return bytes;
    }

    private static long sizeOf(List<EnginePacket> packets) {
        long size = 0;
        for (var packet : packets) {
            size += packet.data().length() + 1;
        }
        return size;
    }
}
