package io.sockeye.server.internal.connection;

import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketPacket;
import org.jspecify.annotations.Nullable;

/** Makes packets of a client's messages; what is not complete is charged. Owned by the connection's loop. */
final class PacketAssembly {
    /** What the objects of a part take, about. */
    private static final int PART_OVERHEAD = 64;

    /** Null once nothing counts any more that the client sends: parts must not stay as long as the channel does. */
    private Parser.@Nullable Decoder decoder;

    private final Held parts;

    PacketAssembly(Parser.Decoder decoder, Budget budget) {
        this.decoder = decoder;
        this.parts = new Held(budget);
    }

    /**
     * Takes a message.
     *
     * @return the packet, if this was the last part of it; null if not
     * @throws io.sockeye.protocol.ProtocolException if it is none
     */
    @Nullable
    SocketPacket receive(EnginePacket message) {
        if (decoder == null) {
            return null;
        }
        var packet = decoder.receive(message);
        if (packet == null) {
            parts.add(PART_OVERHEAD + (long) message.data().length());
        } else if (parts.bytes() > 0) {
            parts.set(0);
        }
        return packet;
    }

    /** Nothing counts any more that the client sends. */
    void close() {
        decoder = null;
        parts.close();
    }

    /** What is held of a packet that is not complete. */
    long bytes() {
        return parts.bytes();
    }
}
