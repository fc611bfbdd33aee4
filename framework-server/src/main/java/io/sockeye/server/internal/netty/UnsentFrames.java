package io.sockeye.server.internal.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.sockeye.engine.memory.HeldPackets;
import io.sockeye.engine.memory.Share;
import io.sockeye.engine.memory.SharedPackets;
import io.sockeye.protocol.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was written to one WebSocket and has not left. It is charged when the channel was flushed and its peer has not taken
 * all, or before if it is much: what a fast peer gets costs the budget nothing. Owned by the channel's loop.
 */
final class UnsentFrames {
    /** So many bytes may wait for the flush before they are charged. */
    private static final int FEW = 16 << 10;

    private final ChannelHandlerContext ctx;
    private final HeldPackets held;
    /** Whether frames for many are one buffer, which TLS would encrypt for each. */
    private final boolean shares;
    /** In the order of their ends; null while nothing waits. */
    private @Nullable Frames first;

    private @Nullable Frames last;
    /** The first that is not charged, as those after it; null if all are. */
    private @Nullable Frames uncharged;
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
        var share = shares && packets instanceof SharedPackets shared ? shared.share() : null;
        append(new Frames(written, share, bytes));
        if (CloseTimer.unsent(ctx.channel()) > FEW) {
            charge();
        }
    }

    private void append(Frames frames) {
        if (last == null) {
            first = frames;
        } else {
            last.next = frames;
        }
        last = frames;
        uncharged = uncharged == null ? frames : uncharged;
    }

    private void charge() {
        for (var frames = uncharged; frames != null; frames = frames.next) {
            frames.hold(held);
        }
        uncharged = null;
    }

    /** The channel was flushed: what has left is held no more. */
    void flushed() {
        if (first != null) {
            long unsent = CloseTimer.unsent(ctx.channel());
            forget(unsent == 0 ? written : written - unsent);
            charge();
            lookAgain();
        }
    }

    /** Nobody is told when a channel goes on, unless much had waited there: an empty buffer leaves behind all that does. */
    private void lookAgain() {
        if (first == null || looksAgain || !ctx.channel().isActive()) {
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
        var frames = first;
        while (frames != null && frames.end <= sent) {
            if (frames == uncharged) {
                uncharged = frames.next;
            } else {
                frames.release(held);
            }
            frames = frames.next;
        }
        first = frames;
        last = frames == null ? null : last;
    }

    /** What is held. */
    long bytes() {
        return held.bytes();
    }

    /** The channel has ended, and nothing more leaves. */
    void close() {
        forget(written);
    }

    /** Frames of one list. */
    private static final class Frames {
        /** How many bytes had been written with them. */
        private final long end;
        /** Null if they are for this peer alone. */
        private final @Nullable Share share;

        private final int bytes;
        /** Null if they are the last ones. */
        private @Nullable Frames next;

        private Frames(long end, @Nullable Share share, int bytes) {
            this.end = end;
            this.share = share;
            this.bytes = bytes;
        }

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
