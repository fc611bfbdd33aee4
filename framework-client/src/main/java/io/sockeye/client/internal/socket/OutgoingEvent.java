package io.sockeye.client.internal.socket;

import io.sockeye.engine.EnginePacket;
import io.sockeye.socket.Parser;
import io.sockeye.socket.SocketPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the server. Immutable.
 *
 * @param packets the event as it is sent
 * @param pending who waits for the acknowledgement; null if nobody does
 * @param timeoutMillis in which it must arrive
 * @param bytes what is counted as long as it waits
 */
public record OutgoingEvent(
        SocketPacket.Event event,
        List<EnginePacket> packets,
        Flags flags,
        @Nullable AckReceiver pending,
        long timeoutMillis,
        long bytes) {
    public static OutgoingEvent of(
            SocketPacket.Event event, Parser parser, Flags flags, @Nullable AckReceiver pending, long timeoutMillis) {
        var packets = parser.encode(event);
        if (!flags.compress()) {
            packets = packets.stream().map(EnginePacket::uncompressed).toList();
        }
        return new OutgoingEvent(event, packets, flags, pending, timeoutMillis, EnginePacket.heldBytes(packets));
    }
    /** One of several tries to send the same: what is counted is counted once. */
    OutgoingEvent uncounted() {
        return new OutgoingEvent(event, packets, flags, pending, timeoutMillis, 0);
    }
}
