package io.sockeye.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Joins the fragments of a message as they come, so that small ones cost no more memory than their bytes, and refuses a
 * message in more fragments than anybody needs (CVE-2026-48779). How long a message may be, {@link FrameDecoder} knows.
 * Owned by the channel's loop.
 */
final class MessageAssembler extends ChannelInboundHandlerAdapter {
    /** As many as the reference server takes of every message. */
    private static final int MIN_FRAGMENTS = 16_384;
    /** A message of {@code maxPayload} bytes may come in fragments of this size. */
    private static final int FRAGMENT_BYTES = 64;

    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private final int maxFragments;
    /** What came of the message that is under way; null if there is none. */
    private @Nullable ByteBuf message;

    private boolean binary;
    private int reservedBits;
    private int fragments;
    /** After a fault nothing of the peer counts any more. */
    private boolean failed;

    MessageAssembler(int maxPayload) {
        maxFragments = maxFragments(maxPayload);
    }

    static int maxFragments(int maxPayload) {
        return Math.max(MIN_FRAGMENTS, maxPayload / FRAGMENT_BYTES);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (failed) {
            ReferenceCountUtil.release(frame);
        } else if (frame instanceof ContinuationWebSocketFrame continuation) {
            add(ctx, continuation);
        } else if (frame instanceof WebSocketFrame first && !first.isFinalFragment()) {
            begin(ctx, first);
        } else {
            ctx.fireChannelRead(frame);
        }
    }

    private void begin(ChannelHandlerContext ctx, WebSocketFrame first) {
        binary = first instanceof BinaryWebSocketFrame;
        reservedBits = first.rsv();
        add(ctx, first);
    }

    private void add(ChannelHandlerContext ctx, WebSocketFrame fragment) {
        try {
            fragments++;
            if (fragments > maxFragments) {
                failed = true;
                forget();
                throw new CorruptedWebSocketFrameException(
                        WebSocketCloseStatus.POLICY_VIOLATION, "fragments: more than " + maxFragments);
            }
            append(ctx, fragment.content());
        } finally {
            fragment.release();
        }
        if (fragment.isFinalFragment()) {
            finish(ctx);
        }
    }

    private void append(ChannelHandlerContext ctx, ByteBuf content) {
        var whole = message;
        if (whole == null) {
            whole = ctx.alloc().buffer(content.readableBytes());
            message = whole;
        }
        if (whole.writableBytes() < content.readableBytes()) {
            // Twice as long each time, else a long message in short fragments would be copied again and again.
            int length = whole.readableBytes() + content.readableBytes();
            whole.capacity(Math.max(length, (int) Math.min(MAX_CAPACITY, 2L * whole.capacity())));
        }
        whole.writeBytes(content);
    }

    private void finish(ChannelHandlerContext ctx) {
        var whole = Objects.requireNonNull(message);
        message = null;
        fragments = 0;
        ctx.fireChannelRead(
                binary
                        ? new BinaryWebSocketFrame(true, reservedBits, whole)
                        : new TextWebSocketFrame(true, reservedBits, whole));
    }

    private void forget() {
        if (message != null) {
            message.release();
            message = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forget();
    }
}
