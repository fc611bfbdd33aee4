package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sockeye.server.internal.netty.io.Faults;
import org.jspecify.annotations.Nullable;

/**
 * The head of the present frame: RFC 6455, 5.2. Looks at each part of it as soon as it is there, so that nothing is kept of a
 * frame that is refused. Owned by the channel's loop.
 *
 * <pre>
 *  FIN RSV1-3 opcode | MASK length 0..125, 126, 127 | 0, 2 or 8 bytes of length | 4 bytes of mask | payload
 *   1    3      4    |  1          7                |
 * </pre>
 */
final class FrameHead {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int MAX_BYTES = 14;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MASK_BYTES = 4;

    /** The reserved bits that the first frame of a message may have. */
    private final int allowedBits;

    /** What has come of a head that is not whole; null if nothing has. */
    private @Nullable ByteBuf part;

    private int first;
    private int length;
    private int mask;
    /** Bytes of the message that is under way, with those of the present frame. */
    private long messageBytes;
    /** Whether a message is under way, of which this frame is not the last one. */
    private boolean fragmented;

    FrameHead(int allowedBits) {
        this.allowedBits = allowedBits;
    }

    /**
     * Takes the head, or what there is of it.
     *
     * @param limit how many bytes a message may have
     * @return whether all of it was there
     */
    boolean read(ByteBuf in, int limit) {
        int start = in.readerIndex();
        if (part == null && in.readableBytes() >= 2) {
            int size = size(in.getByte(start + 1));
            if (in.readableBytes() >= size) {
                check(in, start);
                begin(in, start, limit);
                in.skipBytes(size);
                return true;
            }
        }
        return collect(in, limit);
    }

    private boolean collect(ByteBuf in, int limit) {
        var begun = part == null ? Unpooled.buffer(MAX_BYTES, MAX_BYTES) : part;
        part = begun;
        while (in.isReadable()) {
            begun.writeByte(in.readByte());
            int there = begun.writerIndex();
            if (there == 2) {
                check(begun, 0);
            }
            int size = there < 2 ? MAX_BYTES : size(begun.getByte(1));
            if (there == size - MASK_BYTES) {
                checkedLength(begun, 0, limit);
            } else if (there == size) {
                part = null;
                begin(begun, 0, limit);
                return true;
            }
        }
        return false;
    }

    private static int size(byte second) {
        int size = second & 0x7f;
        return 2 + (size == LENGTH_16 ? 2 : size == LENGTH_64 ? 8 : 0) + MASK_BYTES;
    }

    private void begin(ByteBuf in, int start, int limit) {
        long announced = checkedLength(in, start, limit);
        first = in.getUnsignedByte(start);
        mask = in.getInt(start + size(in.getByte(start + 1)) - MASK_BYTES);
        length = (int) announced;
        if (!isControl()) {
            messageBytes = (fragmented ? messageBytes : 0) + announced;
            fragmented = !isLast();
        }
    }

    private void check(ByteBuf in, int start) {
        int byte1 = in.getUnsignedByte(start);
        int byte2 = in.getUnsignedByte(start + 1);
        int opcode = byte1 & 0x0f;
        int bits = byte1 >> 4 & 7;
        boolean starts = opcode == TEXT || opcode == BINARY;
        if ((bits & ~(starts ? allowedBits : 0)) != 0) {
            throw Faults.violation("reserved bits: " + bits);
        }
        if (opcode > PONG || (opcode > BINARY && opcode < CLOSE)) {
            throw Faults.violation("opcode " + opcode + ": reserved");
        }
        if (opcode >= CLOSE) {
            checkControl(byte1, byte2);
        } else if (starts == fragmented) {
            throw Faults.violation("opcode " + opcode + (starts ? ": amid fragments" : ": nothing to continue"));
        }
        if ((byte2 & 0x80) == 0) {
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

    private long checkedLength(ByteBuf in, int start, int limit) {
        long announced = length(in, start + 2, in.getByte(start + 1) & 0x7f);
        long before = fragmented ? messageBytes : 0;
        if ((in.getByte(start) & 0x0f) < CLOSE && announced > limit - before) {
            long total = before + announced;
            throw new MessageTooBigException(total < 0 ? Long.MAX_VALUE : total, limit);
        }
        return announced;
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

    int opcode() {
        return first & 0x0f;
    }

    boolean isControl() {
        return opcode() >= CLOSE;
    }

    /** Whether a message ends with the frame. */
    boolean isLast() {
        return (first & 0x80) != 0;
    }

    int reservedBits() {
        return first >> 4 & 7;
    }

    /** How many bytes the payload has. */
    int length() {
        return length;
    }

    /** Unmasks a part of the payload where it is. */
    void unmask(ByteBuf in, int from, int to, int before) {
        int turned = Integer.rotateLeft(mask, Byte.SIZE * (before % MASK_BYTES));
        long twice = (long) turned << 32 | (turned & 0xffffffffL);
        int index = from;
        for (; index + Long.BYTES <= to; index += Long.BYTES) {
            in.setLong(index, in.getLong(index) ^ twice);
        }
        for (int shift = 56; index < to; index++, shift -= 8) {
            in.setByte(index, in.getByte(index) ^ (int) (twice >>> shift));
        }
    }
}
