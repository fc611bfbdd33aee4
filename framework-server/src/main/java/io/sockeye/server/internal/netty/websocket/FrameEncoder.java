package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.protocol.EnginePacket;
import java.util.List;

/** Turns packets into WebSocket frames. Owned by one loop. */
public interface FrameEncoder {
    /** The frames of these packets; the caller releases them. */
    ByteBuf frames(List<EnginePacket> packets, ByteBufAllocator allocator);

    /** Whether all connections of the loop get the frames of a list in the same buffer. */
    default boolean shares() {
        return false;
    }

    /** The one connection that it was made for is gone; says nothing to an encoder that many share. */
    default void connectionGone() {}
}
