package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.internal.connection.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stop closes every connection, whatever it was doing and on whatever event loop. */
@Timeout(60)
class StopConnectionsIT {
    private static final int LOOPS = 4;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private SocketServer start() {
        return servers.start(builder -> builder.loops(LOOPS));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void keptAliveOnesAreClosed(int seconds) throws Exception {
        var server = start();
        var wires = new ArrayList<Wire>();
        for (int i = 0; i < 2 * LOOPS; i++) {
            var wire = Wire.to(server);
            assertThat(wire.get("/").header("connection")).isNotEqualTo("close");
            wires.add(wire);
        }
        wires.add(Wire.to(server)); // Has never said anything.
        wires.add(Wire.to(server).send("GET / HTTP/1.1\r\nHos")); // Is in the middle of it.
        assertAllEnd(server, Duration.ofSeconds(seconds), wires);
    }

    @Test
    void thoseThatHaveMovedAreClosed() throws Exception {
        var server = start();
        var clients = new ArrayList<PollingClient>();
        for (int i = 0; i < LOOPS; i++) {
            clients.add(PollingClient.join(server));
        }
        var wires = new ArrayList<Wire>();
        for (int i = 0; i < 2 * LOOPS; i++) {
            var wire = Wire.to(server);
            for (var client : clients) {
                assertThat(wire.post(client.target(), "3").body()).isEqualTo("ok"); // On the session's loop.
            }
            wires.add(wire);
        }
        assertAllEnd(server, Duration.ofSeconds(5), wires);
        for (var client : clients) {
            assertThat(client.up().ends()).isTrue();
            assertThat(client.down().ends()).isTrue();
        }
    }

    /** The clients do not answer the close frame, as one that hangs. */
    @Test
    void webSocketsThatHaveMovedAreClosed() throws Exception {
        var server = start();
        var wires = new ArrayList<Wire>();
        for (int i = 0; i < 2 * LOOPS + 1; i++) {
            var polling = PollingClient.join(server);
            Wire.to(server).get("/"); // The next connection is on yet another loop.
            var webSocket = WebSocketClient.upgrade(server, polling);
            webSocket.send("3");
            wires.add(webSocket.wire());
            wires.add(WebSocketClient.join(server).wire());
            wires.add(polling.down());
        }
        assertAllEnd(server, Duration.ofSeconds(5), wires);
    }

    private static void assertAllEnd(SocketServer server, Duration timeout, List<Wire> wires) throws Exception {
        long start = System.nanoTime();
        server.stop(timeout);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        for (int i = 0; i < wires.size(); i++) {
            assertThat(wires.get(i).ends()).as("connection " + i).isTrue();
            wires.get(i).close();
        }
    }

    @Test
    void whoIsInNoNamespaceAndDoesNotPollIsNotWaitedFor() throws Exception {
        var server = start();
        try (var wire = Wire.to(server);
                var other = Wire.to(server);
                var refused = PollingClient.open(server)) {
            refused.send("40/unknown,");
            assertThat(wire.get("/socket.io/?EIO=4&transport=polling").status()).isEqualTo(200);
            assertThat(other.get("/socket.io/?EIO=4&transport=polling").status())
                    .isEqualTo(200);
            long start = System.nanoTime();
            server.stop(Duration.ofMinutes(1));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            assertThat(wire.ends()).isTrue();
        }
    }

    /** They do not answer the close frame; who is in a namespace has 5 s for that. */
    @Test
    void webSocketsInNoNamespaceAreNotWaitedFor() throws Exception {
        var server = start();
        try (var silent = WebSocketClient.open(server);
                var refused = WebSocketClient.open(server)) {
            refused.send("40/unknown,");
            refused.expect("44/unknown,");
            long start = System.nanoTime();
            server.stop(Duration.ofMinutes(1));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(silent.nextFrame().first()).isEqualTo(0x88);
            assertThat(silent.wire().ends()).isTrue();
            assertThat(refused.nextFrame().first()).isEqualTo(0x88);
            assertThat(refused.wire().ends()).isTrue();
        }
    }

    /** None of them answers the close frame. */
    @Test
    void webSocketsThatOnlyProbeOrWereClosedBeforeAreNotWaitedFor() throws Exception {
        var server = start();
        server.on("leave", (socket, args) -> socket.disconnectAll());
        try (var polling = PollingClient.open(server);
                var probing = WebSocketClient.upgrade(Wire.to(server), "&sid=" + polling.sid());
                var asked = WebSocketClient.upgrade(Wire.to(server), "&sid=" + polling.sid());
                var left = WebSocketClient.join(server);
                var wrong = WebSocketClient.join(server)) {
            probing.send("2probe");
            probing.expect("3probe");
            assertThat(asked.nextFrame().first()).isEqualTo(0x88); // There is another one.
            left.send("42[\"leave\"]");
            left.expect("41");
            assertThat(left.nextFrame().first()).isEqualTo(0x88);
            wrong.unmaskedFrame(WebSocketClient.FIN | WebSocketClient.TEXT, new byte[] {'4'});
            assertThat(wrong.nextFrame().first()).isEqualTo(0x88);
            long start = System.nanoTime();
            server.stop(Duration.ofMinutes(1));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(probing.nextFrame().first()).isEqualTo(0x88);
            for (var client : List.of(probing, asked, left, wrong)) {
                assertThat(client.wire().ends()).isTrue();
            }
        }
    }

    /** What was sent to one that was closed still arrives, as slowly as it takes it. */
    @Test
    void whatWasSentToAWebSocketThatWasClosedBeforeStillArrives() throws Exception {
        var server = start();
        var gone = new Notes();
        server.onDisconnect((socket, reason) -> gone.add("gone"));
        server.on("leave", (socket, args) -> {
            socket.emit("much", "x".repeat(8_000_000));
            socket.disconnectAll();
        });
        try (var left = WebSocketClient.join(server)) {
            left.send("42[\"leave\"]");
            assertThat(gone.next()).isEqualTo("gone");
            var stop = CompletableFuture.runAsync(() -> server.stop(Duration.ofMinutes(1)));
            assertThat(left.next()).hasSize("42[\"much\",\"\"]".length() + 8_000_000);
            left.expect("41");
            stop.get(50, TimeUnit.SECONDS);
        }
    }

    /** One client that is told goodbye, but does not poll, keeps the stop from ending. */
    @ParameterizedTest
    @ValueSource(strings = {"/route", "/socket.io/socket.io.js", "/socket.io/?EIO=9&transport=polling"})
    void whateverIsAnsweredWhileTheServerStopsIsTheLastAnswer(String target) throws Exception {
        var asked = new Notes();
        var answer = new CompletableFuture<HttpResponse>();
        var server = servers.start(builder -> builder.loops(LOOPS).httpAsync(request -> {
            asked.add(request.path());
            return request.path().equals("/slow")
                    ? answer
                    : CompletableFuture.completedFuture(HttpResponse.text(200, "page"));
        }));
        try (var member = PollingClient.join(server);
                var kept = Wire.to(server);
                var slow = Wire.to(server)) {
            assertThat(kept.get(target).header("connection")).isEmpty();
            slow.request("GET", "/slow", "");
            while (!asked.next().equals("/slow")) {
                assertThat(answer).isNotDone();
            }
            var stop = CompletableFuture.runAsync(() -> server.stop(Duration.ofMinutes(1)));
            Reply reply = kept.get(target);
            while (reply.header("connection").isEmpty()) { // The stop has not begun.
                reply = kept.get(target);
            }
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(kept.ends()).isTrue();
            answer.complete(HttpResponse.text(200, "slow"));
            assertThat(slow.reply().header("connection")).isEqualTo("close");
            assertThat(slow.ends()).isTrue();
            assertThat(member.poll()).isNotEmpty();
            stop.get(50, TimeUnit.SECONDS);
        }
    }

    /** The server takes no other one: with its last answer it would lose the goodbye. */
    @Test
    void aClientThatPollsKeepsItsConnectionUntilTheEndOfItsSession() throws Exception {
        var server = servers.start(builder -> builder.loops(LOOPS).cors(Cors.origins("http://a")));
        try (var member = PollingClient.join(server);
                var wire = Wire.to(server)) {
            server.broadcast().emit("late");
            var stop = CompletableFuture.runAsync(() -> server.stop(Duration.ofMinutes(1)));
            while (wire.get("/").header("connection").isEmpty()) {
                assertThat(stop).isNotDone(); // Has not begun.
            }
            var preflight = member.down().request("OPTIONS", member.target(), "", "Origin: http://a");
            assertThat(preflight.reply().header("connection")).isEmpty();
            var late = member.down().get(member.target());
            assertThat(late.packets()).containsExactly("42[\"late\"]");
            assertThat(late.header("connection")).isEmpty();
            assertThat(member.post("3").header("connection")).isEmpty();
            var close = member.down().get(member.target());
            assertThat(close.packets()).containsExactly("1");
            assertThat(close.header("connection")).isEqualTo("close");
            stop.get(50, TimeUnit.SECONDS);
        }
    }

    private static boolean acceptsSessions(Shard shard) {
        var accepts = new CompletableFuture<Boolean>();
        shard.execute(() -> accepts.complete(shard.accepts()));
        return accepts.orTimeout(50, TimeUnit.SECONDS).join();
    }

    @Test
    void whoIsDisconnectedRightBeforeTheStopHearsOfIt() throws Exception {
        var server = start();
        var gone = new Notes();
        server.onDisconnect((socket, reason) -> gone.add("gone"));
        server.on("leave", (socket, args) -> socket.disconnect());
        try (var member = PollingClient.join(server)) {
            member.send("42[\"leave\"]");
            assertThat(gone.next()).isEqualTo("gone");
            var stop = CompletableFuture.runAsync(() -> server.stop(Duration.ofMinutes(1)));
            for (var shard : Inside.of(server).shards()) {
                while (acceptsSessions(shard)) {
                    assertThat(stop).isNotDone(); // Has not begun.
                }
            }
            assertThat(member.poll()).containsExactly("41");
            assertThat(member.poll()).containsExactly("1");
            stop.get(50, TimeUnit.SECONDS);
        }
    }

    @Test
    void nobodyBeginsASessionOnAConnectionThatWasKeptAlive() throws Exception {
        var server = start();
        try (var member = PollingClient.join(server);
                var wire = Wire.to(server)) {
            assertThat(wire.get("/").status()).isEqualTo(404);
            var stop = CompletableFuture.runAsync(
                    () -> server.stop(Duration.ofMinutes(1))); // The member keeps it from ending.
            Reply reply = wire.get("/socket.io/?EIO=4&transport=polling");
            while (reply.status() == 200) { // The stop has not begun.
                reply = wire.get("/socket.io/?EIO=4&transport=polling");
            }
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(wire.ends()).isTrue();
            assertThat(member.poll()).isNotEmpty();
            stop.get(50, TimeUnit.SECONDS);
        }
    }
}
