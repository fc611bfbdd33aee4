package io.sockeye.client.internal.socket;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketPacket;
import java.util.ArrayList;
import java.util.List;

/** Events that arrived before the socket was connected, in order. Owned by the loop. */
final class EarlyEvents {
    /** What an event takes in memory besides its data, roughly. */
    private static final int OVERHEAD = 200;

    private final long maxBytes;
    private List<SocketPacket.Event> events = new ArrayList<>(0);
    private long bytes;

    EarlyEvents(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** @throws ProtocolException if the server sends more than the limit */
    void add(SocketPacket.Event event) {
        var arguments = event.arguments();
        bytes += OVERHEAD
                + arguments.raw().length()
                + arguments.attachments().stream().mapToLong(Bytes::length).sum();
        if (bytes > maxBytes) {
            throw new ProtocolException("events before the connection: %d bytes, limit %d".formatted(bytes, maxBytes));
        }
        events.add(event);
    }

    /** Returns and removes all of them. */
    List<SocketPacket.Event> take() {
        var taken = events;
        events = new ArrayList<>(0);
        bytes = 0;
        return taken;
    }
}
