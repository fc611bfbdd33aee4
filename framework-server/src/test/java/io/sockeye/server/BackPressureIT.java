package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that send more than their handlers can take. */
@Timeout(60)
class BackPressureIT {
    private static final String PADDING = "x".repeat(2_000);
    /** More than all buffers between a client and a server that does not read. */
    private static final int FLOOD = 20_000;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final CountDownLatch release = new CountDownLatch(1);
    /** Events that the server has read, whether they were handled or not. */
    private final AtomicInteger read = new AtomicInteger();

    private SocketServer floodable(int limit) {
        var server = servers.start(builder -> builder.mailboxLimit(limit));
        server.withEventLoop().on("n", (socket, args) -> read.incrementAndGet());
        server.on("n", int.class, (socket, n) -> {
            release.await(40, TimeUnit.SECONDS);
            notes.add("" + n);
        });
        return server;
    }

    @Test
    void aWebSocketThatFloodsIsNotReadAndNothingIsLost() throws Exception {
        var server = floodable(100);
        try (var client = WebSocketClient.join(server)) {
            var flood = CompletableFuture.runAsync(() -> flood(client));
            untilNothingMoreIsRead();
            assertThat(read.get()).isBetween(100, 1_000);
            assertThat(flood.isDone()).isFalse();
            release.countDown();
            for (int i = 0; i < FLOOD; i++) {
                assertThat(notes.next()).isEqualTo("" + i);
            }
            flood.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aClientWhoseEventsAreLongIsNotReadByTheirBytes() throws Exception {
        var server = servers.start(builder -> builder.mailboxBytes(100_000));
        server.withEventLoop().on("n", (socket, args) -> read.incrementAndGet());
        server.on("n", int.class, (socket, n) -> {
            release.await(40, TimeUnit.SECONDS);
            notes.add("" + n);
        });
        try (var client = WebSocketClient.join(server)) {
            var flood = CompletableFuture.runAsync(() -> flood(client));
            untilNothingMoreIsRead();
            assertThat(read.get()).isBetween(40, 400); // Each has 2,350 bytes about, and what was read is handled.
            assertThat(flood.isDone()).isFalse();
            release.countDown();
            for (int i = 0; i < FLOOD; i++) {
                assertThat(notes.next()).isEqualTo("" + i);
            }
            flood.get(10, TimeUnit.SECONDS);
        }
    }

    private static void flood(WebSocketClient client) {
        try {
            for (int i = 0; i < FLOOD; i++) {
                client.send("42[\"n\"," + i + ",\"" + PADDING + "\"]");
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Without back-pressure this would be only when all is read. */
    private void untilNothingMoreIsRead() throws InterruptedException {
        for (int before = -1; before != read.get() || before == 0; ) {
            before = read.get();
            TimeUnit.MILLISECONDS.sleep(300);
        }
    }

    @Test
    void aPollingClientThatFloodsGetsItsPostAnsweredLater() throws Exception {
        var server = floodable(100);
        try (var client = PollingClient.join(server)) {
            var body =
                    IntStream.range(0, 500).mapToObj(i -> "42[\"n\"," + i + "]").collect(Collectors.joining("\u001e"));
            var reply = CompletableFuture.supplyAsync(() -> post(client, body));
            while (read.get() < 100) {
                Thread.onSpinWait();
            }
            server.emit("still here");
            assertThat(client.next()).isEqualTo("42[\"still here\"]");
            assertThat(reply.isDone()).isFalse();
            assertThat(read.get()).isEqualTo(100);
            release.countDown();
            assertThat(reply.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok");
            for (int i = 0; i < 500; i++) {
                assertThat(notes.next()).isEqualTo("" + i);
            }
            client.send("42[\"n\",500]");
            assertThat(notes.next()).isEqualTo("500");
        }
    }

    private static Reply post(PollingClient client, String body) {
        try {
            return client.post(body);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aPollingClientThatGoesAwayMeanwhileIsNoticedAtOnce() throws Exception {
        var server = floodable(1);
        try (var client = PollingClient.join(server)) {
            client.up().request("POST", client.target(), "42[\"n\",1]");
            while (read.get() < 1) {
                Thread.onSpinWait();
            }
        }
        while (!server.localSockets().get(10, TimeUnit.SECONDS).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(notes.isEmpty()).isTrue();
        release.countDown();
        assertThat(notes.next()).isEqualTo("1");
    }

    @Test
    void theHeartbeatGoesOnWhileTheServerDoesNotRead() throws Exception {
        var server = servers.start(builder ->
                builder.mailboxLimit(1).pingInterval(Duration.ofMillis(100)).pingTimeout(Duration.ofMillis(100)));
        server.on("block", (socket, args) -> release.await(40, TimeUnit.SECONDS));
        server.onRequest("echo", String.class, (socket, text) -> text);
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"block\"]");
            for (int i = 0; i < 5; i++) {
                assertThat(client.nextFrame()).hasToString("2");
                client.send("3");
            }
            assertThat(notes.isEmpty()).isTrue();
            client.send("421[\"echo\",\"alive\"]");
            release.countDown();
            assertThat(client.next()).isEqualTo("431[\"alive\"]");
        }
    }

    @Test
    void aClientThatGoesAwayMeanwhileIsNoticedWhenItIsReadAgain() throws Exception {
        var server = floodable(1);
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"n\",1]");
            while (read.get() < 1) {
                Thread.onSpinWait();
            }
            client.send("42[\"n\",2]");
        }
        release.countDown();
        assertThat(notes.next(3)).containsExactly("1", "2", "transport close");
    }

    @Test
    void aConnectionIsReadOnceAllItsSocketsHaveCaughtUp() throws Exception {
        var server = servers.start(builder -> builder.mailboxLimit(1));
        var releaseA = blocking(server, "/a");
        var releaseB = blocking(server, "/b");
        server.onRequest("echo", String.class, (socket, text) -> text);
        try (var client = WebSocketClient.join(server)) {
            client.join("/a,");
            client.join("/b,");
            client.wire().send(frames("42/a,[\"n\"]", "42/b,[\"n\"]"));
            while (read.get() < 2) {
                Thread.onSpinWait();
            }
            client.send("421[\"echo\",\"x\"]");
            releaseA.countDown();
            assertThat(notes.next()).isEqualTo("/a");
            server.emit("first");
            assertThat(client.next()).isEqualTo("42[\"first\"]");
            releaseB.countDown();
            assertThat(notes.next()).isEqualTo("/b");
            assertThat(client.next()).isEqualTo("431[\"x\"]");
        }
    }

    @Test
    void aSocketThatIsDisconnectedHoldsTheOthersUpNoLonger() throws Exception {
        var server = servers.start(builder -> builder.mailboxLimit(1));
        blocking(server, "/a");
        server.onRequest("echo", String.class, (socket, text) -> text);
        try (var client = WebSocketClient.join(server)) {
            client.join("/a,");
            client.send("42/a,[\"n\"]");
            while (read.get() < 1) {
                Thread.onSpinWait();
            }
            client.send("421[\"echo\",\"x\"]");
            server.of("/a").disconnectSockets(false);
            assertThat(client.next()).isEqualTo("41/a,");
            assertThat(client.next()).isEqualTo("431[\"x\"]");
        }
    }

    @Test
    void aHandlerMayWaitForAnAnswerThatComesAfterMoreEventsThanMayWait() throws Exception {
        var server = servers.start(builder -> builder.mailboxLimit(1));
        server.on(
                "order",
                (socket, args) ->
                        notes.add(socket.request("confirm", String.class).join()));
        server.on("n", int.class, (socket, n) -> notes.add("" + n));
        try (var client = WebSocketClient.join(server)) {
            client.wire().send(frames("42[\"order\"]", "42[\"n\",1]"));
            client.expect("420[\"confirm\"]");
            client.send("42[\"n\",2]");
            client.send("430[\"yes\"]");
            assertThat(notes.next(3)).containsExactly("yes", "1", "2");
        }
    }

    @Test
    void aSocketThatHasTooMuchToDoDoesNotHoldUpTheAnswerToAnother() throws Exception {
        var server = servers.start(builder -> builder.mailboxLimit(1));
        var releaseA = blocking(server, "/a");
        server.on(
                "order",
                (socket, args) ->
                        notes.add(socket.request("confirm", String.class).join()));
        try (var client = WebSocketClient.join(server)) {
            client.join("/a,");
            client.wire().send(frames("42[\"order\"]", "42/a,[\"n\"]"));
            client.expect("420[\"confirm\"]");
            client.send("430[\"yes\"]");
            assertThat(notes.next()).isEqualTo("yes");
            releaseA.countDown();
            assertThat(notes.next()).isEqualTo("/a");
        }
    }

    @Test
    void aClientThatDiesWhileAHandlerWaitsForItsAnswerIsNoticed() throws Exception {
        var server = servers.start(builder ->
                builder.mailboxLimit(1).pingInterval(Duration.ofMillis(100)).pingTimeout(Duration.ofMillis(100)));
        server.on(
                "order",
                (socket, args) -> socket.request("confirm", String.class)
                        .whenComplete((answer, failure) -> notes.add(failure.toString()))
                        .join());
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"order\"]");
            assertThat(notes.next()).contains("'confirm'");
            assertThat(notes.next()).isEqualTo("ping timeout");
        }
    }

    @Test
    void whoSendsWithoutEndInsteadOfItsAnswerIsDisconnected() throws Exception {
        var server = servers.start(builder -> builder.mailboxLimit(1));
        server.on("n", (socket, args) -> socket.request("confirm", String.class).join());
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"n\"]");
            client.expect("420[\"confirm\"]");
            var all = new String[1024];
            java.util.Arrays.fill(all, "42[\"n\"]");
            client.wire().send(frames(all));
            assertThat(notes.next()).isEqualTo("mailbox overflow");
        }
    }

    private CountDownLatch blocking(SocketServer server, String name) {
        var latch = new CountDownLatch(1);
        var namespace = server.of(name);
        namespace.withEventLoop().on("n", (socket, args) -> read.incrementAndGet());
        namespace.on("n", (socket, args) -> {
            latch.await(20, TimeUnit.SECONDS);
            notes.add(name);
        });
        return latch;
    }

    /** Frames that arrive at once. */
    private static byte[] frames(String... packets) {
        var all = new java.io.ByteArrayOutputStream();
        for (var packet : packets) {
            all.writeBytes(WebSocketClient.encode(
                    WebSocketClient.FIN | WebSocketClient.TEXT,
                    packet.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    true));
        }
        return all.toByteArray();
    }
}
