package io.sockeye.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.Framing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns packets into WebSocket frames, once for all recipients of a broadcast on this loop: a server's frames are
 * unmasked and thus equal for everybody (RFC 6455, 5.1).
 */
final class FrameCache {
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_BINARY = 0x82;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MAX_HEADER = 10;

    private final EventLoop owner;
    private final Framing framing;
    /** The packets whose frames are kept; compared by identity. */
    private @Nullable List<EnginePacket> lastPackets;

    private @Nullable ByteBuf lastFrames;

    FrameCache(EventLoop owner, Framing framing) {
        this.owner = owner;
        this.framing = framing;
    }

    /** The frames of these packets; the caller releases them. */
    ByteBuf frames(List<EnginePacket> packets, ByteBufAllocator allocator) {
        assert owner.inEventLoop();
        if (packets != lastPackets || lastFrames == null) {
            clear();
            lastFrames = encode(packets, allocator);
            lastPackets = packets;
        }
        // A slice has no room at its end, into which TLS would write what follows: the buffer is everybody's.
        return lastFrames.retainedSlice();
    }

    void clear() {
        if (lastFrames != null) {
            lastFrames.release();
        }
        lastFrames = null;
        lastPackets = null;
    }

    private ByteBuf encode(List<EnginePacket> packets, ByteBufAllocator allocator) {
        int capacity = 0;
        var encoded = new Framing.Frame[packets.size()];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = framing.frame(packets.get(i));
            capacity += MAX_HEADER + lengthOf(encoded[i]);
        }
        var frames = allocator.directBuffer(capacity);
        for (var frame : encoded) {
            writeHeader(frames, frame.binary() ? FIN_BINARY : FIN_TEXT, lengthOf(frame));
            frame.head().writeTo(frames::writeBytes);
            frame.data().writeTo(frames::writeBytes);
        }
        return frames;
    }

    private static int lengthOf(Framing.Frame frame) {
        return frame.head().length() + frame.data().length();
    }

    private static void writeHeader(ByteBuf frames, int first, int length) {
        frames.writeByte(first);
        if (length < LENGTH_16) {
            frames.writeByte(length);
        } else if (length <= 0xffff) {
            frames.writeByte(LENGTH_16).writeShort(length);
        } else {
            frames.writeByte(LENGTH_64).writeLong(length);
        }
    }
}
