package io.sockeye.server.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.sockeye.server.engine.Loop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NettyLoopTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final NettyLoop loop = new NettyLoop(0, channel.eventLoop());
    private final List<String> done = new ArrayList<>();

    /** A transport that has the next bytes whenever some have left, as one with much to send to a fast peer. */
    private final class Talker implements Loop.Flushable {
        private final int times;

        Talker(int times) {
            this.times = times;
        }

        @Override
        public void flush() {
            done.add("flush");
            if (done.size() < times) {
                loop.flushLater(this);
            }
        }
    }

    @Test
    void flushesInOneTurnWhatAFlushAllows() {
        loop.flushLater(new Talker(2));
        loop.post(() -> done.add("other"));
        channel.runPendingTasks();
        assertThat(done).containsExactly("flush", "flush", "other");
    }

    @Test
    void oneThatAlwaysHasMoreDoesNotHoldUpTheOthers() {
        loop.flushLater(new Talker(1_000));
        loop.post(() -> done.add("other"));
        channel.runPendingTasks();
        assertThat(done).hasSizeGreaterThanOrEqualTo(1_000);
        assertThat(done.indexOf("other")).isLessThan(100);
    }
}
