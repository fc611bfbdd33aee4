package io.sockeye.server.internal.netty.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * In front of TLS: hands on whole records, and keeps one that is not whole on the heap, where it is counted and takes no more than
 * has come; Netty would keep the buffer into which it was read. What does not look like TLS is handed on as it comes. Owned by the
 * channel's loop.
 *
 * <pre>
 *  type 20..24 | version 3, 0..4 | length | so many bytes
 *       1      |        2        |   2    |
 * </pre>
 */
public final class TlsRecords extends ChannelInboundHandlerAdapter {
    private static final int HEAD = 5;
    private static final int FIRST_TYPE = 20;
    private static final int LAST_TYPE = 24;
    private static final int VERSION = 3;
    /** "The length MUST NOT exceed 2^14 + 2048": RFC 5246, 6.2.3. */
    private static final int MAX_LENGTH = (1 << 14) + 2048;

    /** What may come before the handshake is done, which is computed elsewhere meanwhile: a handshake with long chains of certificates. */
    private static final int MAX_OF_HANDSHAKE = 256 << 10;

    /** What of it is not counted: it is among what a connection takes that has no request. */
    private static final int USUAL_OF_HANDSHAKE = 16 << 10;

    private final Future<?> handshake;
    private @Nullable ChannelHandlerContext context;
    /** How many bytes have come amid it. */
    private int ofHandshake;
    /** What has come of a record that is not whole; null if nothing has. */
    private @Nullable ByteBuf part;
    /** Whether it is no TLS: the next handler says so. */
    private boolean foreign;

    /** @param handshake done when it is over */
    public TlsRecords(Future<?> handshake) {
        this.handshake = handshake;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** How many bytes it keeps, and how many the next handler may keep until the handshake is done, beyond what is usual. */
    public int held() {
        int kept = part == null ? 0 : part.readableBytes();
        return handshake.isDone() ? kept : kept + Math.max(0, ofHandshake - kept - USUAL_OF_HANDSHAKE);
    }

    /** Ends the connection. Amid a handshake TLS says no goodbye: that would wait until the handshake is computed. */
    public void close() {
        var ctx = Objects.requireNonNull(context);
        if (handshake.isDone()) {
            ctx.channel().close();
        } else {
            ctx.close();
        }
    }

    /** The record that has come in part, another object for each; null if there is none. */
    @Nullable
    public Object partialRecord() {
        return part;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        if (!handshake.isDone() && received instanceof ByteBuf first) {
            ofHandshake += first.readableBytes();
            if (ofHandshake > MAX_OF_HANDSHAKE) {
                first.release();
                ctx.close();
                return;
            }
        }
        if (foreign || !(received instanceof ByteBuf in)) {
            ctx.fireChannelRead(received);
            return;
        }
        try {
            complete(ctx, in);
            handOn(ctx, in);
        } finally {
            in.release();
        }
    }

    /** Takes what belongs to the record that has begun. */
    private void complete(ChannelHandlerContext ctx, ByteBuf in) {
        var begun = part;
        if (begun == null) {
            return;
        }
        take(begun, in, HEAD);
        if (begun.readableBytes() >= HEAD) {
            take(begun, in, size(begun, 0));
        }
        if (foreign || size(begun, 0) == begun.readableBytes()) {
            part = null;
            ctx.fireChannelRead(begun);
        }
    }

    private static void take(ByteBuf begun, ByteBuf in, int size) {
        int missing = Math.min(in.readableBytes(), size - begun.readableBytes());
        if (missing > 0) {
            begun.writeBytes(in, missing);
        }
    }

    /** The records that are there as a whole; the rest is kept. */
    private void handOn(ChannelHandlerContext ctx, ByteBuf in) {
        int start = in.readerIndex();
        int end = start;
        for (int size = size(in, end); size > 0 && end + size <= in.writerIndex(); size = size(in, end)) {
            end += size;
        }
        end = foreign ? in.writerIndex() : end;
        if (end > start) {
            ctx.fireChannelRead(in.readRetainedSlice(end - start));
        }
        if (in.isReadable()) {
            part = Unpooled.buffer(in.readableBytes()).writeBytes(in);
        }
    }

    /** How many bytes the record has that begins there; 0 if its head is not whole, or if it is none. */
    private int size(ByteBuf in, int start) {
        int there = in.writerIndex() - start;
        if (there > 0 && (in.getByte(start) < FIRST_TYPE || in.getByte(start) > LAST_TYPE)) {
            foreign = true;
        }
        if (foreign || there < HEAD) {
            return 0;
        }
        int length = in.getUnsignedShort(start + 3);
        foreign = in.getByte(start + 1) != VERSION || length > MAX_LENGTH;
        return foreign ? 0 : HEAD + length;
    }
}
