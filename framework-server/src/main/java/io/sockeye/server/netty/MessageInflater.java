package io.sockeye.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates whole messages, by RFC 7692, 7.2.2, up to a limit: what a few bytes could blow up to does not count on their
 * number (CVE-2020-11612). Owned by the channel's loop.
 */
final class MessageInflater extends ChannelInboundHandlerAdapter {
    /** Marks the first frame of a compressed message. */
    static final int RSV1 = 4;

    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int CHUNK = 8192;

    private final Inflater inflater;
    /** Whether messages build on earlier ones; if not, the inflater is the loop's. */
    private final boolean contextTakeover;

    private final int maxPayload;
    /** After a fault nothing of the peer counts any more. */
    private boolean failed;

    MessageInflater(Inflater inflater, boolean contextTakeover, int maxPayload) {
        this.inflater = inflater;
        this.contextTakeover = contextTakeover;
        this.maxPayload = maxPayload;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (contextTakeover) {
            inflater.end();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
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
            var content = Unpooled.wrappedBuffer(inflate(ByteBufUtil.getBytes(frame.content())));
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
        var out = new ByteArrayOutputStream((int) Math.min(maxPayload, 4L * deflated.length + 64));
        try {
            feed(deflated, out);
            feed(TAIL, out);
            return out.toByteArray();
        } finally {
            if (!contextTakeover) {
                inflater.reset();
            }
        }
    }

    private void feed(byte[] input, ByteArrayOutputStream out) throws DataFormatException {
        var chunk = new byte[(int) Math.min(CHUNK, maxPayload + 1L)];
        inflater.setInput(input);
        while (true) {
            long room = maxPayload + 1L - out.size();
            int count = inflater.inflate(chunk, 0, (int) Math.min(room, chunk.length));
            out.write(chunk, 0, count);
            if (out.size() > maxPayload) {
                throw new MessageTooBigException(out.size(), maxPayload);
            }
            if (inflater.finished() && inflater.getRemaining() > 0) {
                restart(input); // A block that says it is the last one may be followed by more: RFC 7692, 7.2.3.5.
            } else if (count == 0) {
                return;
            }
        }
    }

    private void restart(byte[] input) {
        int rest = inflater.getRemaining();
        inflater.reset();
        inflater.setInput(input, input.length - rest, rest);
    }
}
