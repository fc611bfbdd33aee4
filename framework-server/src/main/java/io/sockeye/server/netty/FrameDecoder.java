package io.sockeye.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;

/**
 * Bytes to frames: RFC 6455, 5.2. Checks the head of a frame as soon as it is there, so that nothing is kept of a frame
 * that is refused. After a fault or a close frame the rest is forgotten. Owned by the channel's loop.
 *
 * <pre>
 *  FIN RSV1-3 opcode | MASK length 0..125, 126, 127 | 0, 2 or 8 bytes of length | 4 bytes of mask | payload
 *   1    3      4    |  1          7                |
 * </pre>
 */
final class FrameDecoder extends ByteToMessageDecoder {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MASK_BYTES = 4;

    private final int maxPayload;
    /** The reserved bits that the first frame of a message may have. */
    private final int allowedBits;

    /** Bytes of the fragments of the message that is under way. */
    private long messageBytes;
    /** Whether a message is under way. */
    private boolean fragmented;
    /** Whether nothing counts that comes now. */
    private boolean ended;

    FrameDecoder(int maxPayload, boolean deflate) {
        this.maxPayload = maxPayload;
        this.allowedBits = deflate ? MessageInflater.RSV1 : 0;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (ended) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < 2) {
            return;
        }
        try {
            decode(in, out);
        } catch (RuntimeException e) {
            ended = true;
            in.skipBytes(in.readableBytes());
            throw e;
        }
    }

    private void decode(ByteBuf in, List<Object> out) {
        int start = in.readerIndex();
        int first = in.getUnsignedByte(start);
        int second = in.getUnsignedByte(start + 1);
        check(first, second);
        int size = second & 0x7f;
        int mask = start + 2 + (size == LENGTH_16 ? 2 : size == LENGTH_64 ? 8 : 0);
        if (in.writerIndex() < mask) {
            return;
        }
        long length = checkedLength(first & 0x0f, length(in, start + 2, size));
        int payload = mask + MASK_BYTES;
        if (in.writerIndex() - payload < length) {
            return;
        }
        unmask(in, in.getInt(mask), payload, payload + (int) length);
        if ((first & 0x0f) == CLOSE) {
            CloseStatus.check(in.slice(payload, (int) length));
        }
        in.readerIndex(payload);
        out.add(frame(first, in.readRetainedSlice((int) length)));
    }

    private void check(int first, int second) {
        int opcode = first & 0x0f;
        int bits = first >> 4 & 7;
        boolean starts = opcode == TEXT || opcode == BINARY;
        if ((bits & ~(starts ? allowedBits : 0)) != 0) {
            throw Faults.violation("reserved bits: " + bits);
        }
        if (opcode > PONG || (opcode > BINARY && opcode < CLOSE)) {
            throw Faults.violation("opcode " + opcode + ": reserved");
        }
        if (opcode >= CLOSE) {
            checkControl(first, second);
        } else if (starts == fragmented) {
            throw Faults.violation("opcode " + opcode + (starts ? ": amid fragments" : ": nothing to continue"));
        }
        if ((second & 0x80) == 0) {
            throw Faults.violation("no mask"); // "The server MUST close the connection": 5.1.
        }
    }

    /** "All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented": 5.5. */
    private static void checkControl(int first, int second) {
        int size = second & 0x7f;
        if ((first & 0x80) == 0) {
            throw Faults.violation("control frame: in fragments");
        }
        if (size >= LENGTH_16 || (size == 1 && (first & 0x0f) == CLOSE)) {
            throw Faults.violation("control frame: length " + size);
        }
    }

    /** "The minimal number of bytes MUST be used to encode the length": 5.2. */
    private static long length(ByteBuf in, int index, int size) {
        if (size < LENGTH_16) {
            return size;
        }
        long length = size == LENGTH_16 ? in.getUnsignedShort(index) : in.getLong(index);
        if (length < (size == LENGTH_16 ? LENGTH_16 : 0x10000)) {
            throw Faults.violation("length " + length + ": negative, or in too many bytes");
        }
        return length;
    }

    private long checkedLength(int opcode, long length) {
        if (opcode < CLOSE && length > maxPayload - messageBytes) {
            long total = messageBytes + length;
            throw new MessageTooBigException(total < 0 ? Long.MAX_VALUE : total, maxPayload);
        }
        return length;
    }

    private static void unmask(ByteBuf in, int mask, int from, int to) {
        long twice = (long) mask << 32 | (mask & 0xffffffffL);
        int index = from;
        for (; index + Long.BYTES <= to; index += Long.BYTES) {
            in.setLong(index, in.getLong(index) ^ twice);
        }
        for (int shift = 56; index < to; index++, shift -= 8) {
            in.setByte(index, in.getByte(index) ^ (int) (twice >>> shift));
        }
    }

    private WebSocketFrame frame(int first, ByteBuf payload) {
        boolean last = (first & 0x80) != 0;
        int bits = first >> 4 & 7;
        int opcode = first & 0x0f;
        if (opcode < CLOSE) {
            fragmented = !last;
            messageBytes = last ? 0 : messageBytes + payload.readableBytes();
        }
        ended = opcode == CLOSE;
        return switch (opcode) {
            case CONTINUATION -> new ContinuationWebSocketFrame(last, bits, payload);
            case TEXT -> new TextWebSocketFrame(last, bits, payload);
            case BINARY -> new BinaryWebSocketFrame(last, bits, payload);
            case PING -> new PingWebSocketFrame(payload);
            case PONG -> new PongWebSocketFrame(payload);
            default -> new CloseWebSocketFrame(true, 0, payload);
        };
    }
}
