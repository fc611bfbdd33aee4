package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class StartStopIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void aPortInUseIsNamed() {
        var first = servers.start();
        var second = SocketServer.builder().host("127.0.0.1").port(first.port()).build();
        assertThatThrownBy(second::start)
                .isInstanceOf(CannotListenException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1:" + first.port() + ": ")
                .hasMessageContaining("in use");
        assertThatThrownBy(second::start).isInstanceOf(IllegalStateException.class);
        second.close();
    }

    @Test
    void anUnknownHostIsNamed() {
        var server = SocketServer.builder().host("no-such-host.invalid").port(0).build();
        assertThatThrownBy(server::start)
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining("no-such-host.invalid:0");
    }

    @Test
    void aServerIsStartedOnce() {
        var server = servers.start();
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
        server.stop(Duration.ofSeconds(5));
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServerThatDoesNotListenHasNoPort() {
        var server = servers.build(builder -> builder);
        assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
        server.start();
        assertThat(server.port()).isPositive();
        server.close();
        assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void mayBeStoppedAgainAndBeforeItsStart() {
        var server = servers.start();
        server.close();
        server.close();
        server.stop(Duration.ZERO);
        var never = SocketServer.builder().port(0).build();
        never.close();
        assertThatThrownBy(never::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void mayBeGivenAllTheTimeOfTheWorld() {
        var server = servers.start();
        server.stop(ChronoUnit.FOREVER.getDuration());
        server.stop(ChronoUnit.FOREVER.getDuration());
        assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void clientsGetWhatWaitsAndAGoodbye() throws Exception {
        var server = servers.start();
        server.onDisconnecting((socket, reason) -> {
            notes.add(reason.text());
            notes.add("connected " + socket.connected());
        });
        try (var webSocket = WebSocketClient.join(server)) {
            server.emit("last words");
            server.stop(Duration.ofSeconds(5));
            assertThat(webSocket.next()).isEqualTo("42[\"last words\"]");
            assertThat(webSocket.next()).startsWith("close");
            assertThat(notes.next(2)).containsExactly("server shutting down", "connected false");
        }
    }

    @Test
    void aPollThatWaitsIsAnsweredByClose() throws Exception {
        var server = servers.start();
        try (var polling = PollingClient.join(server)) {
            polling.down().request("GET", polling.target(), "");
            polling.send("3");
            server.stop(Duration.ofSeconds(5));
            assertThat(polling.down().reply().packets()).containsExactly("1");
        }
    }

    @Test
    void aClientThatDoesNotPollIsNotWaitedForLongerThanTheTimeout() throws Exception {
        var server = servers.start();
        try (var polling = PollingClient.join(server)) {
            server.emit("nobody takes this");
            long start = System.nanoTime();
            server.stop(Duration.ofMillis(200));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(150), Duration.ofSeconds(8));
            assertThat(polling.down().ends()).isTrue();
        }
    }

    @Test
    void runningHandlersMayFinish() throws Exception {
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var server = servers.start();
        server.on("work", (socket, args) -> {
            inside.countDown();
            notes.add("finished " + release.await(10, TimeUnit.SECONDS));
        });
        server.onDisconnect((socket, reason) -> {
            release.countDown();
            notes.add("disconnect");
        });
        server.of("/other").onDisconnect((socket, reason) -> release.countDown());
        try (var client = WebSocketClient.join(server)) {
            client.join("/other,");
            client.send("42[\"work\"]");
            inside.await(10, TimeUnit.SECONDS);
            server.stop(Duration.ofSeconds(10));
        }
        assertThat(notes.next(2)).containsExactly("finished true", "disconnect");
    }

    @Test
    void allThatWaitsForItsHandlerIsHandled() throws Exception {
        var read = new AtomicInteger();
        var release = new CountDownLatch(1);
        var server = servers.start();
        server.withEventLoop().on("n", (socket, args) -> read.incrementAndGet());
        server.on("n", (socket, args) -> notes.add("handled " + release.await(10, TimeUnit.SECONDS)));
        server.onDisconnect((socket, reason) -> notes.add("disconnect"));
        try (var client = WebSocketClient.join(server)) {
            for (int i = 0; i < 1_000; i++) {
                client.send("42[\"n\"]");
            }
            while (read.get() < 1_000) {
                Thread.onSpinWait();
            }
            var stopping = CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(10)));
            client.expect("close");
            release.countDown();
            stopping.get(10, TimeUnit.SECONDS);
        }
        assertThat(notes.next(1_001)).containsOnlyOnce("disconnect").endsWith("handled true", "disconnect");
    }

    @Test
    void nobodyCanConnectAfterwards() {
        var server = servers.start();
        int port = server.port();
        server.close();
        assertThatThrownBy(() -> new java.net.Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void thePortIsFreeAtOnce() throws Exception {
        var server = servers.start();
        int port = server.port();
        WebSocketClient.join(server).close();
        server.close();
        try (var next = SocketServer.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .build()
                        .start();
                var client = WebSocketClient.join(next)) {
            assertThat(next.port()).isEqualTo(port);
            client.send("41");
        }
    }

    @Test
    void lesson16_noThreadOfAServerStays() throws Exception {
        var server = servers.start(builder -> builder.loops(3));
        server.on("echo", (socket, args) -> args.ack());
        var before = Thread.getAllStackTraces().keySet();
        assertThat(before).anyMatch(thread -> thread.getName().startsWith("sockeye-"));
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"echo\"]");
            client.expect("431");
        }
        server.close();
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("sockeye-")) {
                thread.join(5_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void handlersMayBeAddedBeforeAndAfterTheStart() throws Exception {
        var server = servers.build(builder -> builder);
        server.on("before", (socket, args) -> args.ack("before"));
        server.start();
        try (var client = WebSocketClient.join(server)) {
            server.on("after", (socket, args) -> args.ack("after"));
            client.send("421[\"before\"]");
            client.send("422[\"after\"]");
            assertThat(client.next()).isEqualTo("431[\"before\"]");
            assertThat(client.next()).isEqualTo("432[\"after\"]");
        }
    }
}
