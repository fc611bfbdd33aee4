package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.http.PerMessageDeflate;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Frames whose payload is compressed, by RFC 7692, 7.2.1. Owned by one loop, or by one connection of it. */
public final class DeflatingEncoder implements FrameEncoder {
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
    public DeflatingEncoder(Framing framing, PerMessageDeflate settings, boolean contextTakeover) {
        this.framing = framing;
        this.thresholdBytes = settings.thresholdBytes();
        this.contextTakeover = contextTakeover;
    }

    /** In a buffer of their length, since that is what is counted. */
    @Override
    public ByteBuf frames(List<EnginePacket> packets, ByteBufAllocator allocator) {
        var encoded = packets.stream().map(this::encode).toList();
        var frames = allocator.directBuffer(
                encoded.stream().mapToInt(Encoded::frameLength).sum());
        try {
            encoded.forEach(each -> each.write(frames));
            return frames;
        } catch (Throwable e) {
            frames.release();
            throw e;
        }
    }

    private Encoded encode(EnginePacket packet) {
        var frame = framing.frame(packet);
        int length = PlainEncoder.lengthOf(frame);
        if (!packet.compress() || length < Math.max(1, thresholdBytes) || length > MAX_BYTES) {
            return new Encoded(frame, null);
        }
        var deflated = deflate(frame);
        boolean longer = !contextTakeover && deflated.size() - TAIL >= length;
        return new Encoded(
                frame, longer ? null : Bytes.wrap(deflated.toByteArray()).slice(0, deflated.size() - TAIL));
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

    /** @param deflated null if it is sent as it is */
    private record Encoded(Framing.Frame frame, @Nullable Bytes deflated) {
        private int payloadLength() {
            return deflated == null ? PlainEncoder.lengthOf(frame) : deflated.length();
        }

        int frameLength() {
            return PlainEncoder.headerLength(payloadLength()) + payloadLength();
        }

        void write(ByteBuf frames) {
            if (deflated == null) {
                PlainEncoder.write(frames, frame);
            } else {
                PlainEncoder.writeHeader(frames, PlainEncoder.firstByte(frame) | RSV1, deflated.length());
                deflated.writeTo(frames::writeBytes);
            }
        }
    }
}
