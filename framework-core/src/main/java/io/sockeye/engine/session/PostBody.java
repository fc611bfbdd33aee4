package io.sockeye.engine.session;

import io.sockeye.engine.EngineCodec;
import io.sockeye.engine.Framing;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.EnginePacket;
import java.util.List;

/**
 * How full the body is that a transport collects, if it collects: a client's for its next request, a server's for the
 * answer to a poll. Owned by its session.
 */
final class PostBody {
    private final long maxBytes;
    /** Whether the peer refuses a longer one. */
    private final boolean strict;
    /** What servers of our kind read; the handshake tells the bytes, but not the packets. */
    private final int maxPackets;

    private long bytes;
    private int packets;

    /**
     * @param maxPayload of the handshake, or what a server puts into one answer; 0 for no limit
     * @param strict whether the peer refuses a longer body
     */
    PostBody(long maxPayload, boolean strict) {
        this.strict = strict;
        this.maxBytes = maxPayload == 0 ? Long.MAX_VALUE : maxPayload;
        this.maxPackets = Limits.packetsIn(maxPayload);
    }

    /** Whether the peer refuses a longer body. */
    boolean isStrict() {
        return strict;
    }

    /**
     * Writes packets to the transport, in order, as long as they fit. The first of a body always does: nobody gets half
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
        while (fitting < candidates.size() && add(transport.framing(), candidates.get(fitting))) {
            fitting++;
        }
        if (fitting == candidates.size()) {
            transport.write(candidates); // The very same list: others may hold it, too.
        } else if (fitting > 0) {
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
