package io.sockeye.server.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.HeldPackets;
import io.sockeye.engine.Share;
import io.sockeye.engine.SharedPackets;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was written to one WebSocket whose peer is slow, and has not left. Where nothing much waits in the channel nothing is
 * noted. Owned by the channel's loop.
 */
final class UnsentFrames {
    /** So many bytes may wait in a channel before they are noted. */
    private static final int FEW = 16 << 10;

    private final ChannelHandlerContext ctx;
    private final HeldPackets held;
    /** Whether frames for many are one buffer, which TLS would encrypt for each. */
    private final boolean shares;
    /** In the order of their ends; null while the peer is fast. */
    private @Nullable ArrayDeque<Frames> noted;
    /** How many bytes were written since the beginning. */
    private long written;
    /** Whether it will be looked again once what is in the channel has left. */
    private boolean looksAgain;

    UnsentFrames(ChannelHandlerContext ctx, HeldPackets held, boolean shares) {
        this.ctx = ctx;
        this.held = held;
        this.shares = shares && ctx.pipeline().get(SslHandler.class) == null;
    }

    /** So many bytes of frames were written just now. */
    void wrote(List<EnginePacket> packets, int bytes) {
        written += bytes;
        if (noted == null && CloseTimer.unsent(ctx.channel()) <= FEW) {
            return;
        }
        var share = shares && packets instanceof SharedPackets shared ? shared.share() : null;
        var frames = new Frames(written, share, bytes);
        noted = noted == null ? new ArrayDeque<>() : noted;
        noted.add(frames);
        frames.hold(held);
    }

    /** The channel was flushed: what has left is held no more. */
    void flushed() {
        if (noted != null) {
            long unsent = CloseTimer.unsent(ctx.channel());
            forget(unsent == 0 ? written : written - unsent);
            lookAgain();
        }
    }

    /** Nobody is told when a channel goes on, unless much had waited there: an empty buffer leaves behind all that does. */
    private void lookAgain() {
        if (noted == null || looksAgain || !ctx.channel().isActive()) {
            return;
        }
        looksAgain = true;
        long end = written;
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(left -> {
            looksAgain = false;
            forget(end);
            lookAgain();
        });
    }

    private void forget(long sent) {
        while (noted != null && !noted.isEmpty() && noted.peek().end() <= sent) {
            noted.remove().release(held);
        }
        noted = noted == null || noted.isEmpty() ? null : noted;
    }

    /** What is held. */
    long bytes() {
        return held.bytes();
    }

    /** The channel has ended, and nothing more leaves. */
    void close() {
        if (noted != null) {
            noted.forEach(frames -> frames.release(held));
            noted = null;
        }
    }

    /**
     * Frames of one list.
     *
     * @param end how many bytes had been written with them
     * @param share null if they are for this peer alone
     */
    private record Frames(long end, @Nullable Share share, int bytes) {
        private void hold(HeldPackets held) {
            if (share == null) {
                held.add(bytes);
            } else {
                held.add(share);
            }
        }

        private void release(HeldPackets held) {
            if (share == null) {
                held.add(-bytes);
            } else {
                held.remove(share);
            }
        }
    }
}
