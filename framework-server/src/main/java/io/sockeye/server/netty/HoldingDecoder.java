package io.sockeye.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, but nothing that follows a request for a WebSocket, which is no HTTP if the request is granted: it stays
 * here as it came until the request is answered in HTTP ({@link #resume}), or until this is removed, and then goes to the
 * next handler. Owned by the channel's loop.
 */
final class HoldingDecoder extends RequestDecoder {
    private @Nullable ChannelHandlerContext context;
    /** Whether the request that is being read asks for a WebSocket. */
    private boolean upgrade;
    /** Whether such a request was read to its end and is not answered yet. */
    private boolean holds;

    HoldingDecoder(int maxHeadBytes) {
        super(maxHeadBytes);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (holds) {
            ctx.channel().config().setAutoRead(false); // No more than what one read has brought.
            return;
        }
        int known = out.size();
        super.decode(ctx, in, out);
        for (int i = known; i < out.size(); i++) {
            watch(out.get(i));
        }
    }

    /** Netty's would ask for more bytes when none of those that came made a message, as if a request was not whole yet. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (holds) {
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    private void watch(Object message) {
        if (message instanceof HttpRequest head) {
            upgrade = WebSocketUpgrade.isAskedFor(head.headers());
        }
        if (message instanceof LastHttpContent) {
            holds = upgrade;
        }
    }

    /** The request for a WebSocket was answered in HTTP: what follows it is the next request. */
    void resume() {
        if (!holds) {
            return;
        }
        holds = false;
        var ctx = Objects.requireNonNull(context);
        // Later, because this may be called amid what it decodes.
        ctx.executor().execute(() -> decodeHeld(ctx));
    }

    /**
     * By now, what was held may have been decoded with what came after it, and the channel may have moved. The handlers
     * before this one have nothing to do with it: TLS takes no empty buffer.
     */
    private void decodeHeld(ChannelHandlerContext ctx) {
        if (ctx.isRemoved() || !ctx.executor().inEventLoop()) {
            return;
        }
        ctx.channel().config().setAutoRead(true);
        try {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        }
    }
}
