package io.sockeye.server.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import org.slf4j.Logger;

/** Tells the peers' faults from ours. */
final class Faults {
    private Faults() {}

    static void log(Logger log, Channel channel, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            log.debug("{}: {}", channel, cause.toString());
        } else {
            log.error("{} failed", channel, cause);
        }
    }
}
