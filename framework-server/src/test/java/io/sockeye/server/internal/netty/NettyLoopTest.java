package io.sockeye.server.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.sockeye.server.host.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NettyLoopTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final NettyLoop loop = new NettyLoop(0, channel.eventLoop());
    private final List<String> done = new ArrayList<>();

    /** Has something more to flush whenever it is flushed, for some times. */
    private final class Talker implements Loop.Flushable {
        private final Consumer<Loop.Flushable> later;

        Talker(Consumer<Loop.Flushable> later) {
            this.later = later;
        }

        @Override
        public void flush() {
            done.add("flush");
            if (done.size() < 1_000) {
                later.accept(this);
            }
        }
    }

    /** As polls that wait behind each other on one connection. */
    @Test
    void whatTheFlushOfATransportLetsInIsFlushedInTheSameTurn() {
        loop.flushLater(new Talker(loop::flushLater));
        loop.post(() -> done.add("other"));
        channel.runPendingTasks();
        assertThat(done).hasSize(1_001).endsWith("flush", "other");
    }

    /** As a WebSocket with much to send to a fast peer. */
    @Test
    void aConnectionThatAlwaysHasMoreDoesNotHoldUpTheOthers() {
        loop.flushConnectionLater(new Talker(loop::flushConnectionLater));
        loop.post(() -> done.add("other"));
        channel.runPendingTasks();
        assertThat(done).startsWith("flush", "other", "flush");
        assertThat(done).hasSizeGreaterThanOrEqualTo(1_000);
    }

    /** Handlers on other threads answer meanwhile: what they send leaves by the same writes. */
    @Test
    void whatIsPostedBeforeManyAreFlushedComesFirst() {
        for (int i = 0; i < 100; i++) {
            loop.flushConnectionLater(() -> done.add("flush"));
        }
        loop.post(() -> done.add("posted"));
        channel.runPendingTasks();
        assertThat(done).hasSize(101).startsWith("posted", "flush");
    }

    /** A few are cheap to write to, and do not wait. */
    @Test
    void aFewAreFlushedInTheOrderOfTheTasks() {
        loop.flushConnectionLater(() -> done.add("flush"));
        loop.post(() -> done.add("posted"));
        channel.runPendingTasks();
        assertThat(done).containsExactly("flush", "posted");
    }
}
