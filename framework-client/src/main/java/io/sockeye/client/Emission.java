package io.sockeye.client;

import io.sockeye.engine.EnginePacket;
import io.sockeye.socket.Parser;
import io.sockeye.socket.PendingAck;
import io.sockeye.socket.SocketPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the server. Immutable.
 *
 * @param packets the event as it is sent
 * @param pending who waits for the acknowledgement; null if nobody does
 * @param timeoutMillis in which it must arrive
 */
record Emission(
        SocketPacket.Event event,
        List<EnginePacket> packets,
        Flags flags,
        @Nullable PendingAck pending,
        long timeoutMillis) {
    static Emission of(
            SocketPacket.Event event, Parser parser, Flags flags, @Nullable PendingAck pending, long timeoutMillis) {
        var packets = parser.encode(event);
        if (!flags.compress()) {
            packets = packets.stream().map(EnginePacket::uncompressed).toList();
        }
        return new Emission(event, packets, flags, pending, timeoutMillis);
    }
}
