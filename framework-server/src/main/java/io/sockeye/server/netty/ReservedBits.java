package io.sockeye.server.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Checks the reserved bits where {@code permessage-deflate} was agreed on: the first one may be set on the first frame of
 * a message, the others never (RFC 7692, 6.1).
 */
final class ReservedBits extends ChannelInboundHandlerAdapter {
    static final int RSV1 = 4;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof WebSocketFrame frame && !allows(frame)) {
            ReferenceCountUtil.release(message);
            Faults.closeWebSocket(ctx, WebSocketCloseStatus.PROTOCOL_ERROR, "reserved bits: " + frame.rsv());
            return;
        }
        ctx.fireChannelRead(message);
    }

    private static boolean allows(WebSocketFrame frame) {
        boolean first = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        return frame.rsv() == 0 || (first && frame.rsv() == RSV1);
    }
}
