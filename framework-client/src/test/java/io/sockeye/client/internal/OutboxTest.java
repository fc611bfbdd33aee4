package io.sockeye.client.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.NotSentException;
import io.sockeye.client.NotSentException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutboxTest {
    /** {@code 2["e","xx…"]}, 101 bytes, and 64 for its objects. */
    private static final String TEXT = "x".repeat(92);

    private static final int COST = 165;
    private static final String SMALL_SERVER =
            "0{\"sid\":\"engine\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000}";

    private final List<String> errors = new ArrayList<>();

    private static ClientUnderTest limited() {
        return new ClientUnderTest(builder -> builder.outboxBytes(2 * COST));
    }

    private static void failsWith(Reason reason, CompletableFuture<?> future) {
        assertThatThrownBy(() -> future.get(5, SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        NotSentException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
    }

    @Test
    void refusesWhatWouldBeTooMuchBeforeTheConnection() {
        var test = limited();
        test.client.emit("e", TEXT);
        test.client.of("/other").emit("e", TEXT.substring("/other,".length()));
        assertThat(test.client.waitingBytes()).isEqualTo(2 * COST);
        assertThatThrownBy(() -> test.client.emit("e", 1))
                .isInstanceOf(NotSentException.class)
                .hasMessage("event 'e': 72 bytes, 330 wait already, outboxBytes is 330");
        failsWith(Reason.OUTBOX_FULL, test.client.request("e"));
        assertThatThrownBy(() -> test.client.of("/other").emit("e")).isInstanceOf(NotSentException.class);
        test.client.asVolatile().emit("e");
        test.loop.run();
        assertThat(test.client.waitingBytes()).isEqualTo(2 * COST);
        test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"me\"}");
        assertThat(test.sent()).containsExactly("40", "42[\"e\",\"" + TEXT + "\"]");
        assertThat(test.client.waitingBytes()).isEqualTo(COST);
        test.client.close(Duration.ZERO);
        test.loop.run();
        assertThat(test.client.waitingBytes()).isZero();
    }

    @Test
    void countsWhatASlowConnectionDoesNotTake() {
        var test = limited().connect();
        test.wire().writable = false;
        test.client.emit("e", TEXT);
        test.client.emit("e", TEXT);
        test.loop.run();
        assertThat(test.client.waitingBytes()).isEqualTo(2 * COST);
        assertThatThrownBy(() -> test.client.emit("e")).isInstanceOf(NotSentException.class);
        test.wire().ready();
        assertThat(test.sent()).hasSize(2);
        assertThat(test.client.waitingBytes()).isZero();
        test.wire().writable = false;
        test.client.emit("e", TEXT);
        test.loop.run();
        test.wire().breakDown();
        test.loop.run();
        assertThat(test.client.waitingBytes()).isZero();
    }

    /** An event that a connection holds is not one of those that wait for it as well. */
    @Test
    void countsNothingTwiceWhileItIsHandedOver() {
        var test = limited().connect();
        List<Long> counted = new ArrayList<>();
        test.wire().onWrite = () -> counted.add(test.client.waitingBytes());
        test.client.emit("e", TEXT);
        test.loop.run();
        assertThat(counted).containsExactly(0L);
    }

    @Test
    void forgetsWhatIsWithdrawn() {
        var test = new ClientUnderTest();
        test.client.timeout(Duration.ofMillis(100)).request("e", TEXT);
        var cancelled = test.client.request("e", TEXT);
        test.loop.run();
        assertThat(test.client.waitingBytes()).isEqualTo(2 * (COST + 1)); // With their ids.;
        cancelled.cancel(true);
        test.loop.pass(100);
        assertThat(test.client.waitingBytes()).isZero();
    }

    @Test
    void countsWhatWaitsForAnAcknowledgementToBeSentAgain() {
        var test = new ClientUnderTest(builder ->
                        builder.retries(1).ackTimeout(Duration.ofMillis(100)).outboxBytes(2 * COST))
                .connect();
        test.client.emit("e", TEXT);
        test.client.emit("e", TEXT);
        test.loop.run();
        assertThat(test.client.waitingBytes()).isEqualTo(2 * COST);
        test.receive("430[]");
        assertThat(test.client.waitingBytes()).isEqualTo(COST);
        test.loop.pass(200);
        assertThat(test.client.waitingBytes()).isZero();
    }

    @Test
    void sendsWhatIsBiggerThanTheOutboxOverAConnectionThatHasNothingElseToDo() {
        var test = limited().connect();
        var big = "x".repeat(1_000);
        test.client.emit("e", big);
        assertThat(test.sent()).containsExactly("42[\"e\",\"" + big + "\"]");
        test.wire().writable = false;
        test.client.emit("e", big);
        test.loop.run();
        assertThatThrownBy(() -> test.client.emit("e", big)).isInstanceOf(NotSentException.class);
    }

    @Test
    void tellsInsteadWhoWantsToHearOfOverflow() {
        List<NotSentException> told = new ArrayList<>();
        var test = new ClientUnderTest(builder -> builder.outboxBytes(100).onOverflow(told::add));
        test.client.emit("e", TEXT);
        assertThat(told).singleElement().satisfies(full -> {
            assertThat(full.event()).isEqualTo("e");
            assertThat(full.reason()).isEqualTo(Reason.OUTBOX_FULL);
        });
        failsWith(Reason.OUTBOX_FULL, test.client.request("e", TEXT));
        assertThat(told).hasSize(1);
    }

    @Test
    void failsAVolatileRequestAtOnceThatIsDropped() {
        var test = new ClientUnderTest().connect();
        test.wire().writable = false;
        var dropped = test.client.asVolatile().request("dropped");
        test.loop.run();
        failsWith(Reason.BUSY, dropped);
        test.wire().ready();
        assertThat(test.sent()).isEmpty();
    }

    private ClientUnderTest toSmallServer(int retries) {
        var test = new ClientUnderTest(builder ->
                builder.retries(retries).onError((error, where) -> errors.add(where + ": " + error.getMessage())));
        test.client.connect();
        test.loop.run();
        test.receive(SMALL_SERVER, "40{\"sid\":\"me\"}");
        test.wire().take();
        return test;
    }

    @Test
    void saysWhatIsTooBigForTheServerAndStaysConnected() {
        var test = toSmallServer(0);
        test.client.emit("e", "x".repeat(992));
        test.client.emit("e", new byte[1_001]);
        test.client.emit("e", "x".repeat(991 - 1));
        failsWith(Reason.TOO_BIG, request(test, "x".repeat(1_000)));
        assertThat(errors)
                .containsExactly(
                        "emit of 'e': event 'e': 1,002 bytes, the server takes 1,000",
                        "emit of 'e': event 'e': 1,001 bytes, the server takes 1,000");
        assertThat(test.sent()).containsExactly("42[\"e\",\"" + "x".repeat(990) + "\"]");
        assertThat(test.client.waitingBytes()).isZero();
        assertThat(test.client.connected()).isTrue();
    }

    private static CompletableFuture<?> request(ClientUnderTest test, String text) {
        var future = test.client.request("r", text);
        test.loop.run();
        return future;
    }

    @Test
    void saysSoAlsoOfWhatWaitedForTheConnection() {
        var test = new ClientUnderTest(
                builder -> builder.onError((error, where) -> errors.add(where + ": " + error.getMessage())));
        test.client.emit("e", "x".repeat(1_000));
        var asked = request(test, "x".repeat(2_000_000));
        test.client.emit("e", 1);
        test.client.connect();
        test.loop.run();
        test.receive(SMALL_SERVER, "40{\"sid\":\"me\"}");
        assertThat(test.sent()).containsExactly("40", "42[\"e\",1]");
        assertThatThrownBy(() -> asked.get(5, SECONDS))
                .hasMessageContaining("event 'r': 2,000,011 bytes, the server takes 1,000");
        assertThat(errors).hasSize(1);
    }

    @Test
    void doesNotTryAgainWhatIsTooBig() {
        var test = toSmallServer(3);
        var asked = request(test, "x".repeat(1_000));
        test.client.emit("e", "x".repeat(1_000));
        test.client.emit("e", 1);
        assertThat(test.sent()).containsExactly("423[\"e\",1]");
        failsWith(Reason.TOO_BIG, asked);
        assertThat(errors).hasSize(1);
    }

    @Test
    void tellsOfEachOfManyThatAreTooBigAndWouldBeSentAgain() {
        var test = new ClientUnderTest(builder ->
                builder.retries(3).onError((error, where) -> errors.add(String.valueOf(error.getMessage()))));
        var text = "x".repeat(1_000);
        var asked = Stream.generate(() -> test.client.request("r", text))
                .limit(2_500)
                .toList();
        for (int i = 0; i < 2_500; i++) {
            test.client.emit("e", text);
        }
        test.client.emit("small", 1);
        test.client.connect();
        test.loop.run();
        test.receive(SMALL_SERVER, "40{\"sid\":\"me\"}");
        asked.forEach(future -> failsWith(Reason.TOO_BIG, future));
        assertThat(errors).hasSize(2_500).containsOnly("event 'e': 1,014 bytes, the server takes 1,000");
        assertThat(test.sent()).hasSize(2).last().asString().endsWith("[\"small\",1]");
    }

    @Test
    void answersOtherwiseWhereTheAnswerIsTooBig() {
        var test = toSmallServer(0);
        test.client.onRequest("ask", Integer.class, length -> "x".repeat(length));
        test.receive("421[\"ask\",10]", "422[\"ask\",1000]");
        assertThat(test.sent())
                .containsExactly("431[\"xxxxxxxxxx\"]", "432[{\"error\":{\"message\":\"internal error\"}}]");
        assertThat(errors).singleElement().asString().contains("1,007 bytes, the server takes 1,000");
    }

    @Test
    void saysThatCredentialsAreTooBig() {
        var test = new ClientUnderTest(builder -> builder.auth(Map.of("token", "x".repeat(1_000))));
        test.client.connect();
        test.loop.run();
        test.receive(SMALL_SERVER);
        assertThat(test.heard()).containsExactly("connect_error AUTH auth: 1,014 bytes, the server takes 1,000");
        assertThat(test.client.active()).isTrue();
    }
}
