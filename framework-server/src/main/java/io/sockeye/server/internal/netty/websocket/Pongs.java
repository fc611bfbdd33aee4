package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers to the pings of one WebSocket, which leave before anything else does. All of a turn are one buffer: a flood of pings
 * costs no write for each, and no more than one turn's input asks for waits. Owned by the channel's loop.
 */
public final class Pongs {
    /** Null for none. */
    private @Nullable ByteBuf waiting;

    /** Answers one. */
    public void add(ByteBuf ping, ChannelHandlerContext ctx) {
        var all = waiting == null ? ctx.alloc().directBuffer() : waiting;
        waiting = all;
        PlainEncoder.writeHeader(all, PlainEncoder.FIN_PONG, ping.readableBytes());
        all.writeBytes(ping);
    }

    /** Writes those that wait. */
    public void write(ChannelHandlerContext ctx) {
        var all = waiting;
        if (all != null) {
            waiting = null;
            ctx.write(all, ctx.voidPromise());
        }
    }

    /** The connection is gone. */
    public void release() {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
    }
}
