package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns packets into WebSocket frames, once for all recipients of a broadcast on this loop: a server's frames are
 * unmasked and thus equal for everybody (RFC 6455, 5.1).
 */
public final class FrameCache implements FrameEncoder {
    private final EventLoop owner;
    private final FrameEncoder encoder;
    /** The packets whose frames are kept; compared by identity. */
    private @Nullable List<EnginePacket> lastPackets;

    private @Nullable ByteBuf lastFrames;

    public FrameCache(EventLoop owner, Framing framing) {
        this(owner, new PlainEncoder(framing));
    }

    public FrameCache(EventLoop owner, FrameEncoder encoder) {
        this.owner = owner;
        this.encoder = encoder;
    }

    @Override
    public ByteBuf frames(List<EnginePacket> packets, ByteBufAllocator allocator) {
        assert owner.inEventLoop();
        if (packets != lastPackets || lastFrames == null) {
            clear();
            lastFrames = encoder.frames(packets, allocator);
            lastPackets = packets;
        }
        // A slice has no room at its end, into which TLS would write what follows: the buffer is everybody's.
        return lastFrames.retainedSlice();
    }

    @Override
    public boolean shares() {
        return true;
    }

    public void clear() {
        if (lastFrames != null) {
            lastFrames.release();
        }
        lastFrames = null;
        lastPackets = null;
    }
}
