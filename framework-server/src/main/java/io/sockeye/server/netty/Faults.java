package io.sockeye.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.IOException;
import org.slf4j.Logger;

/** Tells the peers' faults from ours. */
final class Faults {
    private Faults() {}

    /** Has the transport close, as the decoder does when it meets a fault by itself. */
    static void closeWebSocket(ChannelHandlerContext ctx, WebSocketCloseStatus status, String message) {
        ctx.fireExceptionCaught(new CorruptedWebSocketFrameException(status, message));
    }

    private static boolean isPeers(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof DecoderException
                || cause instanceof PrematureChannelClosureException;
    }

    static void log(Logger log, Channel channel, Throwable cause) {
        if (isPeers(cause)) {
            log.debug("{}: {}", channel, cause.toString());
        } else {
            log.error("{} failed", channel, cause);
        }
    }
}
