package io.sockeye.server.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.sockeye.server.internal.netty.websocket.SlowChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloseTimerTest {
    private final SlowChannel channel = new SlowChannel();

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void closeChannel() {
        channel.finishAndReleaseAll();
    }

    private void send(int bytes) {
        CloseTimer.start(channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes])), Duration.ofSeconds(5));
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void aPeerThatTakesOneLongWordSlowlyGetsAllOfIt() {
        send(1_000);
        for (int i = 0; i < 99; i++) {
            pass(60);
            channel.take(10);
            assertThat(channel.isOpen()).isTrue();
        }
        pass(60);
        channel.take(10);
        pass(4);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aPeerThatTakesNothingIsGivenUp() {
        send(1_000);
        pass(64);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aPeerThatHasEverythingAndDoesNotCloseIsGivenUpSooner() {
        channel.take(1_000);
        send(1_000);
        pass(4);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void nothingIsKeptOfAChannelThatIsClosed() {
        send(1_000);
        channel.close();
        send(1_000);
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }
}
