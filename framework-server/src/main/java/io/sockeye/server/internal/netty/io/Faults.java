package io.sockeye.server.internal.netty.io;

import io.netty.channel.Channel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.IOException;
import org.slf4j.Logger;

/** Tells the peers' faults from ours. */
public final class Faults {
    private Faults() {}

    /** What a peer did that RFC 6455 forbids. The transport closes the connection when it hears of it. */
    public static CorruptedWebSocketFrameException violation(String message) {
        return new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, message);
    }

    /** Whether the peer is to blame, or the network. */
    static boolean isPeers(Throwable cause) {
        return cause instanceof IOException
                || (cause instanceof DecoderException && !isBug(cause))
                || cause instanceof PrematureChannelClosureException;
    }

    /**
     * Netty's decoders wrap whatever exception is thrown in them. What says of bytes that they are wrong is thrown as it is,
     * or is a checked one in there, as with TLS.
     */
    private static boolean isBug(Throwable wrapper) {
        return wrapper.getClass() == DecoderException.class
                && wrapper.getCause() instanceof RuntimeException inner
                && !(inner instanceof CodecException);
    }

    /** Never throws, so that the connection can be closed also when there is no memory to log. */
    public static void log(Logger log, Channel channel, Throwable cause) {
        try {
            if (isPeers(cause)) {
                log.debug("{}: {}", channel, cause.toString());
            } else {
                log.error("{} failed", channel, cause);
            }
        } catch (Throwable e) {
            notLogged();
        }
    }

    /** A failure could not even be logged. Never throws. */
    public static void notLogged() {
        try {
            System.err.println("sockeye: a failure could not be logged");
        } catch (Throwable e) {
            return; // Nothing is left that could tell.
        }
    }
}
