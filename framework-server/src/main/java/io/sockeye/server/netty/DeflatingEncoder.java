package io.sockeye.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.Framing;
import io.sockeye.server.http.PerMessageDeflate;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Deflater;

/** Frames whose payload is compressed, by RFC 7692, 7.2.1. Owned by one loop, or by one connection of it. */
final class DeflatingEncoder implements FrameEncoder {
    private static final int RSV1 = 0x40;
    /** What each flush ends with and what is not sent: 00 00 ff ff. */
    private static final int TAIL = 4;
    /** Longer ones would hold up the loop. */
    private static final int MAX_BYTES = 1 << 20;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final byte[] chunk = new byte[8192];
    private final Framing framing;
    private final int thresholdBytes;
    private final boolean contextTakeover;

    /** @param contextTakeover whether messages build on earlier ones: then all frames go to one connection */
    DeflatingEncoder(Framing framing, PerMessageDeflate settings, boolean contextTakeover) {
        this.framing = framing;
        this.thresholdBytes = settings.thresholdBytes();
        this.contextTakeover = contextTakeover;
    }

    @Override
    public ByteBuf frames(List<EnginePacket> packets, ByteBufAllocator allocator) {
        var frames = allocator.directBuffer();
        try {
            packets.forEach(packet -> write(frames, packet));
            return frames;
        } catch (Throwable e) {
            frames.release();
            throw e;
        }
    }

    private void write(ByteBuf frames, EnginePacket packet) {
        var frame = framing.frame(packet);
        int length = PlainEncoder.lengthOf(frame);
        if (packet.compress() && length >= Math.max(1, thresholdBytes) && length <= MAX_BYTES) {
            writeDeflated(frames, frame);
        } else {
            PlainEncoder.write(frames, frame);
        }
    }

    private void writeDeflated(ByteBuf frames, Framing.Frame frame) {
        var deflated = deflate(frame);
        int length = deflated.size() - TAIL;
        if (!contextTakeover && length >= PlainEncoder.lengthOf(frame)) {
            PlainEncoder.write(frames, frame);
            return;
        }
        PlainEncoder.writeHeader(frames, PlainEncoder.firstByte(frame) | RSV1, length);
        frames.writeBytes(deflated.toByteArray(), 0, length);
    }

    private ByteArrayOutputStream deflate(Framing.Frame frame) {
        var out = new ByteArrayOutputStream(frame.data().length() / 4 + 32);
        try {
            deflater.setInput(frame.head().toByteArray());
            drain(out, Deflater.NO_FLUSH);
            deflater.setInput(frame.data().toByteArray());
            drain(out, Deflater.SYNC_FLUSH);
            return out;
        } finally {
            if (!contextTakeover) {
                deflater.reset();
            }
        }
    }

    private void drain(ByteArrayOutputStream out, int flush) {
        int count;
        do {
            count = deflater.deflate(chunk, 0, chunk.length, flush);
            out.write(chunk, 0, count);
        } while (count == chunk.length);
    }

    /** Frees what the garbage collector would not hurry to free. */
    @Override
    public void connectionGone() {
        deflater.end();
    }
}
