package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;

/** A channel whose peer takes as many bytes as it is told to. */
public final class SlowChannel extends EmbeddedChannel {
    private int room;

    /** Takes so many bytes more. */
    public void take(int bytes) {
        room += bytes;
        flush();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) {
        while (room > 0 && waiting.current() instanceof ByteBuf buffer) {
            int taken = Math.min(room, buffer.readableBytes());
            room -= taken;
            waiting.removeBytes(taken);
        }
    }
}
