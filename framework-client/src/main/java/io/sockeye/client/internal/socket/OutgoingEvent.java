package io.sockeye.client.internal.socket;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the server. Immutable.
 *
 * @param packets the event as it is sent
 * @param receiver gets the acknowledgement; null if none is asked for
 * @param timeoutMillis how long it may take
 * @param bytes how much counts while it waits; 0 if it is counted elsewhere
 */
public record OutgoingEvent(
        SocketPacket.Event event,
        List<EnginePacket> packets,
        Flags flags,
        @Nullable AckReceiver receiver,
        long timeoutMillis,
        long bytes) {
    public static OutgoingEvent of(
            SocketPacket.Event event, Parser parser, Flags flags, @Nullable AckReceiver receiver, long timeoutMillis) {
        var packets = parser.encode(event);
        if (!flags.compress()) {
            packets = packets.stream().map(EnginePacket::uncompressed).toList();
        }
        return new OutgoingEvent(event, packets, flags, receiver, timeoutMillis, EnginePacket.heldBytes(packets));
    }
    /** The same for one attempt of several: its bytes are counted once, by the queue of attempts. */
    OutgoingEvent uncounted() {
        return new OutgoingEvent(event, packets, flags, receiver, timeoutMillis, 0);
    }
}
