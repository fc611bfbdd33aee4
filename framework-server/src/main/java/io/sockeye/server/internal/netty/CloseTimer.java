package io.sockeye.server.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a channel whose end was announced, should the peer not do so: some time after our last word has left, or when
 * no byte of ours leaves any more. Owned by the channel's loop.
 */
final class CloseTimer {
    private static final Duration STALL = Duration.ofMillis(IdleConnections.IDLE_MILLIS);

    private final Channel channel;
    /** Null until set and once the channel is closed. */
    private @Nullable Future<?> due;

    private CloseTimer(Channel channel) {
        this.channel = channel;
    }

    /** @param grace how long the peer may take to close once the last word has left */
    static void start(ChannelFuture lastWord, Duration grace) {
        var timer = new CloseTimer(lastWord.channel());
        timer.watch();
        lastWord.addListener(written -> timer.set(grace, timer.channel::close));
        timer.channel.closeFuture().addListener(closed -> timer.cancel());
    }

    private void watch() {
        long before = unsent(channel);
        set(STALL, () -> {
            if (unsent(channel) == before) {
                channel.close();
            } else {
                watch();
            }
        });
    }

    private void set(Duration time, Runnable action) {
        cancel();
        if (channel.isOpen()) {
            due = channel.eventLoop().schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void cancel() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }

    /** How many bytes the system has not taken yet. Netty counts a buffer as pending until all of it is gone. */
    static long unsent(Channel channel) {
        var waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }
}
