package io.sockeye.client.internal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.client.AnyHandler;
import io.sockeye.client.Emitter;
import io.sockeye.client.SocketClient;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.json.JsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class EmittingTest {
    @Test
    void sendsWhatWasEmittedBeforeTheConnectionInOrderAndOnce() {
        var test = new ClientUnderTest();
        test.client.emit("a", 1);
        test.client.connect();
        test.client.emit("b", 2);
        test.loop.run();
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"me\"}");
        test.client.emit("c", 3);
        assertThat(test.sent()).containsExactly("40", "42[\"a\",1]", "42[\"b\",2]", "42[\"c\",3]");
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"you\"}");
        assertThat(test.sent()).containsExactly("40");
    }

    @Test
    void completesARequestWithTheFirstValueOrAllOfThem() throws Exception {
        var test = new ClientUnderTest().connect();
        var one = test.client.request("sum", Integer.class, 1, 2);
        var all = test.client.request("pair");
        assertThat(test.sent()).containsExactly("420[\"sum\",1,2]", "421[\"pair\"]");
        test.receive("430[3]", "431[\"x\",\"y\"]", "431[\"again\"]", "439[]");
        assertThat(one.get(5, SECONDS)).isEqualTo(3);
        Args args = all.get(5, SECONDS);
        assertThat(args.get(1, String.class)).isEqualTo("y");
    }

    @Test
    void readsGenericAnswersAndWaitsForThoseWithoutAValue() throws Exception {
        var test = new ClientUnderTest().connect();
        var lines = test.client.request("lines", new TypeReference<List<Line>>() {});
        var saved = test.client.request("save", Void.class, 1);
        test.receive("430[[{\"text\":\"hello\"}]]", "431[]");
        assertThat(lines.get(5, SECONDS)).containsExactly(new Line("hello"));
        assertThat(saved.get(5, SECONDS)).isNull();
    }

    @Test
    void aBareNullIsOneArgument() {
        var test = new ClientUnderTest().connect();
        test.client.emit("n", (Object[]) null);
        test.client.request("n", (Object[]) null);
        test.client.request("n", String.class, (Object[]) null);
        test.client.request("n", new TypeReference<List<Line>>() {}, (Object[]) null);
        test.client.asVolatile().emit("n", (Object[]) null);
        test.client.timeout(Duration.ofSeconds(1)).request("n", (Object[]) null);
        test.client.on("ask", args -> args.ack((Object[]) null));
        test.receive("427[\"ask\"]");
        assertThat(test.sent())
                .containsExactly(
                        "42[\"n\",null]",
                        "420[\"n\",null]",
                        "421[\"n\",null]",
                        "422[\"n\",null]",
                        "42[\"n\",null]",
                        "423[\"n\",null]",
                        "437[null]");
    }

    /** What is asked for. */
    record Line(String text) {}

    @Test
    void takesAsManyAttachmentsAsItIsTold() {
        var test = new ClientUnderTest(builder -> builder.maxAttachments(2)).connect();
        test.receive("452-[\"two\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        assertThat(test.client.connected()).isTrue();
        test.wire().deliver(Bytes.wrap(new byte[1]), true);
        test.wire().deliver(Bytes.wrap(new byte[1]), true);
        test.receive("453-[\"three\"]");
        assertThat(test.heard()).last().isEqualTo("disconnect parse error: attachments: 3, limit 2 (maxAttachments)");
        assertThatThrownBy(() -> SocketClient.builder("http://localhost").maxAttachments(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxAttachments: -1");
    }

    @Test
    void completesRequestsInOrder() throws Exception {
        var test = new ClientUnderTest().connect();
        List<Integer> answered = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 500; i++) {
            last = test.client.request("n", Integer.class).thenAccept(answered::add);
        }
        test.loop.run();
        for (int i = 0; i < 500; i++) {
            test.receive("43" + i + "[" + i + "]");
        }
        last.get(5, SECONDS);
        assertThat(answered).hasSize(500).isSorted();
    }

    @Test
    void letsWhatFollowsAnAnswerWaitForAnotherOne() throws Exception {
        var test = new ClientUnderTest().connect();
        var asked = new CountDownLatch(1);
        var both = test.client.request("a", Integer.class).thenApply(a -> {
            var b = test.client.request("b", Integer.class);
            asked.countDown();
            return a + b.join();
        });
        test.receive("430[1]");
        assertThat(asked.await(5, SECONDS)).isTrue();
        test.receive("431[2]");
        for (int i = 0; i < 500 && !both.isDone(); i++) { // Until the other thread is seen to wait.
            test.loop.pass(100);
            Thread.sleep(10);
        }
        assertThat(both.get(5, SECONDS)).isEqualTo(3);
    }

    @Test
    void failsARequestWhoseAnswerIsOfAnotherType() {
        var test = new ClientUnderTest().connect();
        var sum = test.client.request("sum", Integer.class);
        test.receive("430[\"three\"]");
        assertThatThrownBy(() -> sum.get(5, SECONDS)).hasCauseInstanceOf(JsonException.class);
        assertThat(test.client.connected()).isTrue();
    }

    @Test
    void withdrawsARequestThatTimesOutBeforeTheConnection() {
        var test = new ClientUnderTest();
        test.client.connect();
        var late = test.client.timeout(Duration.ofMillis(100)).request("late");
        test.client.emit("other");
        test.loop.pass(100);
        assertThatThrownBy(() -> late.get(5, SECONDS))
                .hasCauseInstanceOf(AckTimeoutException.class)
                .hasMessageContaining("'late' within 100 ms");
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"me\"}");
        assertThat(test.sent()).containsExactly("40", "42[\"other\"]");
    }

    @Test
    void withdrawsARequestThatTimesOutBehindABusyConnection() {
        var test = new ClientUnderTest().connect();
        test.wire().writable = false;
        test.client.timeout(Duration.ofMillis(100)).request("late");
        test.client.emit("other");
        test.loop.pass(100);
        test.wire().ready();
        assertThat(test.sent()).containsExactly("42[\"other\"]");
    }

    @Test
    void withdrawsARequestThatNobodyWaitsForAnyMore() throws Exception {
        var test = new ClientUnderTest();
        test.client.connect();
        test.client.request("cancelled").cancel(true);
        var late = test.client.request("late").orTimeout(1, MILLISECONDS);
        assertThatThrownBy(() -> late.get(5, SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        test.client.emit("other");
        test.loop.run();
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"me\"}");
        assertThat(test.sent()).containsExactly("40", "42[\"other\"]");
    }

    @Test
    void usesTheAckTimeoutOfTheClientUnlessToldOtherwise() {
        var test = new ClientUnderTest(builder -> builder.ackTimeout(Duration.ofMillis(200))).connect();
        var usual = test.client.request("usual");
        var patient = test.client.timeout(Duration.ofMillis(400)).request("patient");
        test.loop.pass(200);
        assertThatThrownBy(() -> usual.get(5, SECONDS)).hasMessageContaining("200 ms");
        assertThat(patient).isNotDone();
        test.loop.pass(200);
        assertThatThrownBy(() -> patient.get(5, SECONDS)).hasMessageContaining("400 ms");
    }

    @Test
    void waitsThirtySecondsForAnAnswerUnlessToldToWaitForEver() {
        var test = new ClientUnderTest();
        var usual = test.client.request("usual");
        var patient = test.client.timeout(Emitter.FOREVER).request("patient");
        test.loop.pass(29_999);
        assertThat(usual).isNotDone();
        test.loop.pass(1);
        assertThatThrownBy(() -> usual.get(5, SECONDS)).hasMessageContaining("'usual' within 30000 ms");
        test.loop.pass(365 * 86_400_000L);
        assertThat(patient).isNotDone();
    }

    @Test
    void failsRequestsThatWereSentWhenTheConnectionIsLostAndKeepsThoseThatWait() throws Exception {
        var test = new ClientUnderTest().connect();
        var sent = test.client.request("sent");
        test.loop.run();
        test.wire().breakDown();
        test.loop.run();
        var waiting = test.client.request("waiting");
        assertThatThrownBy(() -> sent.get(5, SECONDS)).hasCauseInstanceOf(DisconnectedException.class);
        test.loop.pass(1_000);
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"me\"}");
        assertThat(test.sent()).containsExactly("40", "421[\"waiting\"]");
        test.receive("431[]");
        assertThat(waiting.get(5, SECONDS).size()).isZero();
    }

    @Test
    void dropsVolatileEventsThatCannotLeaveAtOnce() {
        var test = new ClientUnderTest();
        test.client.asVolatile().emit("before");
        test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"me\"}");
        test.client.asVolatile().emit("now");
        test.loop.run();
        test.wire().writable = false;
        test.client.asVolatile().emit("busy");
        test.client.emit("kept");
        test.loop.run();
        test.wire().ready();
        assertThat(test.sent()).containsExactly("40", "42[\"now\"]", "42[\"kept\"]");
    }

    @Test
    void doesNotLetAVolatileRequestWaitForAConnection() {
        var test = new ClientUnderTest();
        var lost = test.client.asVolatile().request("lost");
        test.loop.run();
        assertThatThrownBy(() -> lost.get(5, SECONDS)).hasCauseInstanceOf(DisconnectedException.class);
    }

    @Test
    void sendsBinaryValuesFromAnywhereAsAttachments() {
        var test = new ClientUnderTest().connect();
        test.client.emit("bin", List.of("x".getBytes(java.nio.charset.StandardCharsets.UTF_8)), 1);
        assertThat(test.sent()).containsExactly("451-[\"bin\",[{\"_placeholder\":true,\"num\":0}],1]", "bx");
    }

    @Test
    void tellsCatchAllHandlersOfWhatIsSentWhenItIsSent() {
        var test = new ClientUnderTest();
        List<String> told = new ArrayList<>();
        AnyHandler handler = (event, args) -> told.add(event + ClientUnderTest.texts(args));
        test.client.onAnyOutgoing(handler);
        test.client.emit("early", 1);
        test.loop.run();
        assertThat(told).isEmpty();
        test.client.connect();
        test.loop.run();
        test.answer("40{\"sid\":\"me\"}");
        assertThat(told).containsExactly("early[1]");
        test.client.offAnyOutgoing(handler);
        test.client.emit("unseen");
        test.loop.run();
        assertThat(told).hasSize(1);
    }

    @Test
    void acknowledgesOnlyOnTheConnectionThatAsked() {
        var test = new ClientUnderTest();
        List<Args> asked = new ArrayList<>();
        test.client.on("ask", asked::add);
        test.connect();
        test.receive("425[\"ask\"]", "426[\"ask\"]");
        asked.get(0).ack("yes", 1);
        assertThat(test.sent()).containsExactly("435[\"yes\",1]");
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.answer("40{\"sid\":\"me\"}");
        asked.get(1).ack("too late");
        assertThat(test.sent()).isEmpty();
    }

    @Test
    void refusesReservedNames() {
        var test = new ClientUnderTest();
        assertThatThrownBy(() -> test.client.emit("connect")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> test.client.request("disconnect")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> test.client.on("connect_error", args -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
