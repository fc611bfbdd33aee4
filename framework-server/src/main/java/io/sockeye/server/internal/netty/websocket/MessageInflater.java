package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates whole messages, by RFC 7692, 7.2.2, up to a limit: what a few bytes could blow up to does not count on their
 * number (CVE-2020-11612). Nor does a message inflate before it is wanted: one read may bring a thousand times its size, and whoever takes
 * messages may want no more after the first. Owned by the channel's loop.
 */
public final class MessageInflater extends ChannelDuplexHandler {
    /** Marks the first frame of a compressed message. */
    static final int RSV1 = 4;

    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int CHUNK = 8192;
    /** How many blocks of a message may say that they are the last one: each costs much and need not hold anything. */
    private static final int MAX_RESTARTS = 1_024;
    /** Blocks without content cost time, too: so many bytes of them, and so many times what the message inflates to. */
    private static final int MAX_IDLE_BYTES = 64 << 10;

    private static final int MAX_EXPANSION = 8;
    /** When so many bytes of a channel have been inflated, the others have their turn. */
    private static final int TURN_BYTES = 1 << 20;

    private static final int PAUSE_MILLIS = 1;

    private final Inflater inflater;
    /** Whether messages build on earlier ones; if not, the inflater is the loop's. */
    private final boolean contextTakeover;

    /** How many bytes a message may have. */
    private final IntSupplier limit;
    /** Of the present message, as the next one. */
    private int maxBytes;

    private int restarts;
    /** What came while nothing was wanted, or when the turn was over, in its order. The channel is read again once all of it was taken. */
    private final ArrayDeque<Object> waiting = new ArrayDeque<>(0);
    /** Whether {@link #proceed} will run. */
    private boolean proceeds;
    /** What was inflated in the present turn. */
    private long turnBytes;
    /** After a fault nothing of the peer counts any more. */
    private boolean failed;

    public MessageInflater(Inflater inflater, boolean contextTakeover, IntSupplier limit) {
        this.inflater = inflater;
        this.contextTakeover = contextTakeover;
        this.limit = limit;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (contextTakeover) {
            inflater.end();
        }
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (waiting.isEmpty() && mayTake(ctx)) {
            take(ctx, message);
        } else {
            waiting.add(message);
        }
    }

    private boolean mayTake(ChannelHandlerContext ctx) {
        return turnBytes < TURN_BYTES && ctx.channel().config().isAutoRead();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        endTurn(ctx);
        ctx.fireChannelReadComplete();
    }

    private void endTurn(ChannelHandlerContext ctx) {
        turnBytes = 0;
        if (!waiting.isEmpty() && ctx.channel().config().isAutoRead()) {
            proceedSoon(ctx);
        }
    }

    /** More is wanted. What waits comes first, and later: this may be called amid what a message brings about. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (waiting.isEmpty()) {
            ctx.read();
        } else {
            proceedSoon(ctx);
        }
    }

    /** By a timer: the loop looks at no other channel before it has done all tasks that it was given. */
    private void proceedSoon(ChannelHandlerContext ctx) {
        if (!proceeds) {
            proceeds = true;
            ctx.executor().schedule(() -> proceed(ctx), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void proceed(ChannelHandlerContext ctx) {
        proceeds = false;
        try {
            while (!waiting.isEmpty() && mayTake(ctx)) {
                take(ctx, waiting.remove());
            }
            channelReadComplete(ctx);
            if (waiting.isEmpty() && ctx.channel().config().isAutoRead()) {
                ctx.read();
            }
        } catch (Throwable e) {
            ctx.fireExceptionCaught(e);
        }
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        if (failed) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof WebSocketFrame frame && frame.rsv() == RSV1) {
            inflate(ctx, frame);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void inflate(ChannelHandlerContext ctx, WebSocketFrame frame) {
        try {
            var content = Unpooled.wrappedBuffer(inflate(FrameDecoder.array(frame)));
            ctx.fireChannelRead(inflated(frame, content));
        } catch (DataFormatException e) {
            failed = true;
            ctx.fireExceptionCaught(new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "deflate: " + e.getMessage()));
        } catch (TooLongFrameException e) {
            failed = true;
            ctx.fireExceptionCaught(e);
        } finally {
            frame.release();
        }
    }

    private static WebSocketFrame inflated(WebSocketFrame frame, ByteBuf content) {
        return frame instanceof BinaryWebSocketFrame
                ? new BinaryWebSocketFrame(content)
                : new TextWebSocketFrame(content);
    }

    private byte[] inflate(byte[] deflated) throws DataFormatException {
        maxBytes = limit.getAsInt();
        var out = new ByteArrayOutputStream((int) Math.min(maxBytes, 4L * deflated.length + 64));
        restarts = 0;
        try {
            for (int from = 0; from < deflated.length; from += CHUNK) {
                feed(deflated, from, Math.min(deflated.length, from + CHUNK), out);
                if (from > MAX_IDLE_BYTES + (long) MAX_EXPANSION * out.size()) {
                    throw new DataFormatException(from + " bytes that say next to nothing");
                }
            }
            feed(TAIL, 0, TAIL.length, out);
            turnBytes += out.size();
            return out.toByteArray();
        } finally {
            if (!contextTakeover) {
                inflater.reset();
            }
        }
    }

    private void feed(byte[] input, int from, int to, ByteArrayOutputStream out) throws DataFormatException {
        var chunk = new byte[(int) Math.min(4L * (to - from) + 64, Math.min(CHUNK, maxBytes + 1L))];
        inflater.setInput(input, from, to - from);
        while (true) {
            long room = maxBytes + 1L - out.size();
            int count = inflater.inflate(chunk, 0, (int) Math.min(room, chunk.length));
            out.write(chunk, 0, count);
            if (out.size() > maxBytes) {
                throw new MessageTooBigException(out.size(), maxBytes);
            }
            if (inflater.finished() && inflater.getRemaining() > 0) {
                restart(input, to); // A block that says it is the last one may be followed by more: RFC 7692, 7.2.3.5.
            } else if (count == 0) {
                return;
            }
        }
    }

    private void restart(byte[] input, int to) throws DataFormatException {
        restarts++;
        if (restarts > MAX_RESTARTS) {
            throw new DataFormatException("final blocks: more than " + MAX_RESTARTS);
        }
        int rest = inflater.getRemaining();
        inflater.reset();
        inflater.setInput(input, to - rest, rest);
    }
}
