package io.sockeye.engine;

import java.util.List;

/**
 * How full the body is that a client's transport collects for its next request, if it collects. Owned by its session.
 */
final class PostBody {
    private final long maxBytes;
    /** What servers of our kind read; the handshake tells the bytes, but not the packets. */
    private final int maxPackets;

    private long bytes;
    private int packets;

    /** @param maxPayload of the handshake; 0 if the server told none */
    PostBody(long maxPayload) {
        this.maxBytes = maxPayload == 0 ? Long.MAX_VALUE : maxPayload;
        this.maxPackets = Limits.packetsIn(maxPayload);
    }

    /**
     * Writes packets to the transport, in order, as long as they fit. The first of a body always does: no server gets half
     * a packet.
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
        while (fitting < candidates.size() && add(candidates.get(fitting))) {
            fitting++;
        }
        if (fitting > 0) {
            transport.write(candidates.subList(0, fitting));
        }
        return fitting;
    }

    /** How many bytes the first packet has that the server never takes by itself; 0 if there is none. */
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

    private boolean add(EnginePacket packet) {
        int separator = packets == 0 ? 0 : 1;
        long length = bytes + separator + EngineCodec.payloadLength(packet);
        if (packets > 0 && (length > maxBytes || packets == maxPackets)) {
            return false;
        }
        bytes = length;
        packets++;
        return true;
    }
}
