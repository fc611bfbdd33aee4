package io.sockeye.server.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/** Refuses a message in more fragments than anybody needs (CVE-2026-48779). */
final class FragmentLimit extends ChannelInboundHandlerAdapter {
    private static final int MAX_FRAGMENTS = 1024;

    private int fragments;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ContinuationWebSocketFrame frame) {
            fragments = frame.isFinalFragment() ? 0 : fragments + 1;
            if (fragments > MAX_FRAGMENTS) {
                ReferenceCountUtil.release(message);
                ctx.fireExceptionCaught(new TooLongFrameException("fragments: more than " + MAX_FRAGMENTS));
                return;
            }
        }
        ctx.fireChannelRead(message);
    }
}
