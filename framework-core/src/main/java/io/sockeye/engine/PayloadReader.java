package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Reads a polling payload packet by packet, so that those before a malformed one are still handled. */
public final class PayloadReader {
    private final Bytes payload;
    private final int maxPackets;
    private int at;
    private int count;

    public PayloadReader(Bytes payload, int maxPackets) {
        this.payload = payload;
        this.maxPackets = maxPackets;
    }

    /**
     * The next packet, or null at the end.
     *
     * @throws ProtocolException if the packet is malformed, the payload is empty or holds too many packets
     */
    public @Nullable EnginePacket next() {
        if (at > payload.length()) {
            return null;
        }
        if (++count > maxPackets) {
            throw new ProtocolException("packets in a payload: more than " + maxPackets);
        }
        int separator = payload.indexOf(EngineCodec.SEPARATOR, at);
        int end = separator < 0 ? payload.length() : separator;
        // A copy: a slice would keep the whole body in memory as long as the packet.
        var frame = Bytes.wrap(payload.slice(at, end).toByteArray());
        at = end + 1;
        return EngineCodec.decodeText(frame);
    }
}
