package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import java.util.List;

/** Frames whose payload is as it is. */
public record PlainEncoder(Framing framing) implements FrameEncoder {
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_BINARY = 0x82;
    private static final int FIN_CLOSE = 0x88;
    static final int FIN_PONG = 0x8a;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MAX_HEADER = 10;

    @Override
    public ByteBuf frames(List<EnginePacket> packets, ByteBufAllocator allocator) {
        int capacity = 0;
        var encoded = new Framing.Frame[packets.size()];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = framing.frame(packets.get(i));
            capacity += MAX_HEADER + lengthOf(encoded[i]);
        }
        var frames = allocator.directBuffer(capacity);
        try {
            for (var frame : encoded) {
                write(frames, frame);
            }
            return frames;
        } catch (Throwable e) {
            frames.release();
            throw e;
        }
    }

    /**
     * A close frame.
     *
     * @param body a code and a reason, or nothing; stays the caller's
     */
    public static ByteBuf close(ByteBuf body, ByteBufAllocator allocator) {
        var frame = allocator.directBuffer();
        writeHeader(frame, FIN_CLOSE, body.readableBytes());
        return frame.writeBytes(body);
    }

    static void write(ByteBuf frames, Framing.Frame frame) {
        writeHeader(frames, firstByte(frame), lengthOf(frame));
        frame.head().writeTo(frames::writeBytes);
        frame.data().writeTo(frames::writeBytes);
    }

    static int firstByte(Framing.Frame frame) {
        return frame.binary() ? FIN_BINARY : FIN_TEXT;
    }

    static int lengthOf(Framing.Frame frame) {
        return frame.head().length() + frame.data().length();
    }

    /** Of a frame with such a payload. */
    static int headerLength(int length) {
        return length < LENGTH_16 ? 2 : length <= 0xffff ? 4 : MAX_HEADER;
    }

    static void writeHeader(ByteBuf frames, int first, int length) {
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
