package io.sockeye.server.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.IOException;
import org.slf4j.Logger;

/** Tells the peers' faults from ours. */
final class Faults {
    private Faults() {}

    /** What a peer did that RFC 6455 forbids. The transport closes the connection when it hears of it. */
    static CorruptedWebSocketFrameException violation(String message) {
        return new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, message);
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
