package io.sockeye.engine.session;

import io.sockeye.engine.EngineCodec;
import io.sockeye.engine.Framing;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.EnginePacket;
import java.util.List;

/**
 * The size of the body that a transport {@linkplain Transport#collects collects}, if it does: a client's next request,
 * or a server's answer to a poll. Owned by its session.
 */
final class BodySize {
    private final long maxBytes;
    /** Whether the peer refuses a longer one. */
    private final boolean strict;
    /** The limit of packets that servers of this implementation have; the handshake announces only that of bytes. */
    private final int maxPackets;

    private long bytes;
    private int packets;

    /**
     * @param maxPayload the limit of the handshake, or of an answer to a poll, in bytes; 0 for none
     * @param strict whether the peer refuses a longer body
     */
    BodySize(long maxPayload, boolean strict) {
        this.strict = strict;
        this.maxBytes = maxPayload == 0 ? Long.MAX_VALUE : maxPayload;
        this.maxPackets = Limits.packetsIn(maxPayload);
    }

    /** Whether the peer refuses a longer body. */
    boolean isStrict() {
        return strict;
    }

    /**
     * Writes packets to the transport, in order, as long as they fit. The first of a body always does, since packets
     * are never split.
     *
     * @return how many were written
     */
    int write(Transport transport, List<EnginePacket> candidates) {
        if (!transport.collects()) {
            transport.write(candidates);
            return candidates.size();
        }
        if (transport.flushed()) {
            bytes = 0;
            packets = 0;
        }
        int fitting = 0;
        while (fitting < candidates.size() && add(transport.framing(), candidates.get(fitting))) {
            fitting++;
        }
        if (fitting == candidates.size()) {
            transport.write(candidates); // The same list, not a copy: others may share it.
        } else if (fitting > 0) {
            transport.write(candidates.subList(0, fitting));
        }
        return fitting;
    }

    /** The bytes of the first packet that is too long for a body of its own; 0 if there is none. */
    long tooLong(Transport transport, List<EnginePacket> candidates) {
        for (var packet : candidates) {
            long length = packet.binary() && transport.carriesBinary()
                    ? packet.data().length()
                    : EngineCodec.payloadLength(packet);
            if (length > maxBytes) {
                return length;
            }
        }
        return 0;
    }

    private boolean add(Framing framing, EnginePacket packet) {
        int separator = packets == 0 ? 0 : 1;
        long length = bytes + separator + framing.payloadLength(packet);
        if (packets > 0 && (length > maxBytes || packets == maxPackets)) {
            return false;
        }
        bytes = length;
        packets++;
        return true;
    }
}
