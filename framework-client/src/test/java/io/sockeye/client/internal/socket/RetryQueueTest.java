package io.sockeye.client.internal.socket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.internal.ClientUnderTest;
import io.sockeye.event.AckTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryQueueTest {
    private final ClientUnderTest test =
            new ClientUnderTest(builder -> builder.retries(2).ackTimeout(Duration.ofMillis(100)));

    @Test
    void sendsOneEventAfterTheOther() throws Exception {
        test.connect();
        test.client.emit("a");
        var b = test.client.request("b", String.class);
        assertThat(test.sent()).containsExactly("421[\"a\"]");
        test.receive("431[]");
        assertThat(test.sent()).containsExactly("422[\"b\"]");
        test.receive("432[\"done\"]");
        assertThat(b.get(5, SECONDS)).isEqualTo("done");
    }

    @Test
    void sendsAgainWhatIsNotAcknowledgedInTimeAndGivesUpInTheEnd() {
        test.connect();
        var lost = test.client.request("lost");
        test.client.emit("next");
        assertThat(test.sent()).containsExactly("421[\"lost\"]");
        test.loop.pass(100);
        assertThat(test.sent()).containsExactly("422[\"lost\"]");
        test.loop.pass(100);
        assertThat(test.sent()).containsExactly("423[\"lost\"]");
        assertThat(lost).isNotDone();
        test.loop.pass(100);
        assertThat(test.sent()).containsExactly("424[\"next\"]");
        assertThatThrownBy(() -> lost.get(5, SECONDS)).hasCauseInstanceOf(AckTimeoutException.class);
    }

    @Test
    void ignoresAnAcknowledgementOfAnEarlierTry() {
        test.connect();
        test.client.emit("slow");
        test.client.emit("next");
        test.loop.pass(100);
        test.sent();
        test.receive("430[]");
        assertThat(test.sent()).isEmpty();
        test.receive("431[]");
        assertThat(test.sent()).hasSize(1).first().asString().endsWith("[\"next\"]");
    }

    @Test
    void sendsAgainOverTheNextConnection() {
        test.connect();
        test.client.emit("a");
        test.client.emit("b");
        assertThat(test.sent()).hasSize(1);
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"me\"}");
        assertThat(test.sent()).containsExactly("40", "421[\"a\"]");
        test.receive("431[]");
        assertThat(test.sent()).containsExactly("422[\"b\"]");
    }

    @Test
    void sendsVolatileEventsBesideTheOthers() {
        test.connect();
        test.client.emit("a");
        test.client.asVolatile().emit("now");
        assertThat(test.sent()).containsExactly("420[\"a\"]", "42[\"now\"]");
    }

    @Test
    void sendsNoMoreWhatNobodyWaitsFor() {
        test.connect();
        var first = test.client.request("first");
        var second = test.client.request("second");
        test.client.emit("third");
        assertThat(test.sent()).containsExactly("422[\"first\"]");
        second.cancel(true);
        first.cancel(true);
        assertThat(test.sent()).containsExactly("423[\"third\"]");
        test.receive("432[]"); // For the first one, too late.
        test.loop.pass(100);
        assertThat(test.sent()).containsExactly("424[\"third\"]");
        test.receive("434[]");
        test.loop.pass(1_000);
        assertThat(test.sent()).isEmpty();
    }

    @Test
    void keepsTheQueueUntilThereIsAConnection() {
        test.client.emit("a");
        test.client.emit("b");
        test.loop.pass(10_000);
        test.connect();
        test.receive("430[]");
        assertThat(test.sent()).containsExactly("421[\"b\"]");
    }
}
