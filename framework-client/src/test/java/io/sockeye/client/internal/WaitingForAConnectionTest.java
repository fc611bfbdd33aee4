package io.sockeye.client.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.Reconnection;
import io.sockeye.client.internal.transport.TransportFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitingForAConnectionTest {
    private static void failsWith(Reason reason, CompletableFuture<Void> future) {
        assertThatThrownBy(() -> future.get(5, SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
    }

    @Test
    void outlivesFailuresAndEndsWithTheConnection() throws Exception {
        var test = new ClientUnderTest();
        var early = test.client.whenConnected();
        var first = test.client.connect();
        test.loop.run();
        test.wire().fail(TransportFailure.Kind.UNREACHABLE, "Connection refused");
        test.loop.run();
        failsWith(Reason.UNREACHABLE, first);
        var later = test.client.whenConnected();
        test.loop.pass(1_000);
        assertThat(early).isNotDone();
        assertThat(later).isNotDone();
        test.answer("40{\"sid\":\"me\"}");
        early.get(5, SECONDS);
        later.get(5, SECONDS);
        var atOnce = test.client.whenConnected();
        test.loop.run();
        atOnce.get(5, SECONDS);
    }

    @Test
    void failsWhenTheServerRefusesAlsoIfAskedAfterwards() throws Exception {
        var test = new ClientUnderTest();
        var before = test.client.whenConnected();
        test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN, "44{\"message\":\"no\"}");
        var after = test.client.whenConnected();
        test.loop.run();
        failsWith(Reason.REFUSED, before);
        failsWith(Reason.REFUSED, after);
        test.client.connect();
        var again = test.client.whenConnected();
        test.loop.run();
        test.answer("40{\"sid\":\"me\"}");
        again.get(5, SECONDS);
    }

    @Test
    void failsAfterTheLastAttempt() {
        var test = new ClientUnderTest(
                builder -> builder.reconnection(Reconnection.DEFAULT.attempts(1).randomization(0)));
        test.client.connect();
        var waiting = test.client.whenConnected();
        test.loop.run();
        test.wire().fail(TransportFailure.Kind.UNREACHABLE, "Connection refused");
        test.loop.pass(1_000);
        assertThat(waiting).isNotDone();
        test.wire().fail(TransportFailure.Kind.UNREACHABLE, "Connection refused");
        test.loop.run();
        failsWith(Reason.UNREACHABLE, waiting);
    }

    @Test
    void failsWhenTheUserDisconnectsOrCloses() {
        var test = new ClientUnderTest();
        test.client.connect();
        var waiting = test.client.whenConnected();
        test.client.disconnect();
        test.loop.run();
        failsWith(Reason.CLOSED, waiting);
        var other = test.client.of("/other").whenConnected();
        test.loop.run();
        var closing = test.client.closeAsync();
        while (!closing.isDone()) { // Other threads complete what waited.
            test.loop.pass(10);
        }
        failsWith(Reason.CLOSED, other);
        var late = test.client.whenConnected();
        test.loop.run();
        failsWith(Reason.CLOSED, late);
    }

    @Test
    void failsWhenTheConnectionThatStoodDoesNotComeBack() {
        var left = new ClientUnderTest().connect();
        left.client.disconnect();
        failsWith(Reason.CLOSED, whenConnected(left));

        var sentAway = new ClientUnderTest().connect();
        sentAway.receive("41");
        failsWith(Reason.CONNECTION_LOST, whenConnected(sentAway));

        var refused = new ClientUnderTest().connect();
        refused.receive("44{\"message\":\"no\"}");
        failsWith(Reason.CONNECTION_LOST, whenConnected(refused));

        var lost = new ClientUnderTest(builder -> builder.reconnection(Reconnection.NONE)).connect();
        lost.wire().breakDown();
        failsWith(Reason.CONNECTION_LOST, whenConnected(lost));
    }

    private static CompletableFuture<Void> whenConnected(ClientUnderTest test) {
        var future = test.client.whenConnected();
        test.loop.run();
        return future;
    }

    @Test
    void waitsForTheConnectionThatIsTriedAfterOneThatStood() throws Exception {
        var test = new ClientUnderTest().connect();
        test.wire().breakDown();
        test.loop.run();
        var waiting = whenConnected(test);
        assertThat(waiting).isNotDone();
        test.loop.pass(1_000);
        test.answer("40{\"sid\":\"me\"}");
        waiting.get(5, SECONDS);
    }

    @Test
    void triesAtOnceWhenTheUserHasHope() {
        var test = new ClientUnderTest().connect();
        List<Integer> attempts = new ArrayList<>();
        test.client.onReconnectAttempt(attempts::add);
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.wire().breakDown();
        test.loop.pass(2_000);
        test.wire().breakDown();
        test.loop.pass(100);
        test.client.reconnectNow();
        test.loop.run();
        assertThat(attempts).containsExactly(1, 2, 3);
        test.wire().breakDown();
        test.loop.pass(1_000); // The delays have begun anew.
        assertThat(attempts).containsExactly(1, 2, 3, 4);
        test.answer("40{\"sid\":\"me\"}");
        assertThat(test.client.connected()).isTrue();
        assertThat(test.transports.opened).hasSize(5);
    }

    @Test
    void beginsAnAttemptAgainThatMayHangAndLeavesTheRestAlone() {
        var test = new ClientUnderTest();
        test.client.reconnectNow();
        test.loop.run();
        assertThat(test.transports.opened).isEmpty();
        test.client.connect();
        test.client.reconnectNow();
        test.loop.pass(1_999);
        assertThat(test.transports.opened).hasSize(1);
        test.loop.pass(1);
        test.client.reconnectNow();
        test.loop.run();
        assertThat(test.transports.opened).hasSize(2);
        assertThat(test.transports.opened.get(0).closed).isTrue();
        test.answer("40{\"sid\":\"me\"}");
        test.client.reconnectNow();
        test.loop.run();
        assertThat(test.client.connected()).isTrue();
        assertThat(test.transports.opened).hasSize(2);
    }

    @Test
    void completesTheFutureOfTheEndAlsoIfTheEndFails() throws Exception {
        var test = new ClientUnderTest();
        test.loop.endFailure = new IllegalStateException("on purpose");
        var closing = test.client.closeAsync();
        test.loop.run();
        closing.get(5, SECONDS);
        assertThat(test.transports.closed).isTrue();
    }

    @Test
    void takesTheTimeThatItIsGivenToClose() {
        var test = new ClientUnderTest().connect();
        assertThatThrownBy(() -> test.client.close(Duration.ofMillis(-1))).hasMessage("timeout: PT-0.001S");
        test.client.close(Duration.ZERO);
        test.loop.run();
        assertThat(test.transports.closed).isTrue();
    }
}
