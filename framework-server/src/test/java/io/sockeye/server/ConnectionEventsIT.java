package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.protocol.TransportKind;
import io.sockeye.server.http.RequestRefused;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application hears of connections: those that are refused, their upgrades, how many there are. */
@Timeout(30)
class ConnectionEventsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    private SocketServer telling() {
        return servers.start(builder -> builder.onConnectionError(error -> notes.add(
                error.code() + " " + error.message() + " " + error.request().uri())));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, EIO=4&transport=pigeon, 0 Transport unknown",
        "GET, EIO=4, 0 Transport unknown",
        "GET, EIO=4&transport=polling&sid=nobody, 1 Session ID unknown",
        "POST, EIO=4&transport=polling, 2 Bad handshake method",
        "GET, EIO=4&transport=websocket, 3 Bad request",
        "GET, EIO=3&transport=polling, 5 Unsupported protocol version",
    })
    void requestsThatAreRefused(String method, String query, String expected) throws Exception {
        var uri = "/socket.io/?" + query;
        try (var wire = Wire.to(telling())) {
            assertThat(wire.request(method, uri, "").reply().status()).isEqualTo(400);
            assertThat(notes.next()).isEqualTo(expected + " " + uri);
        }
    }

    @Test
    void webSocketsThatAreRefused() throws Exception {
        try (var wire = Wire.to(telling())) {
            var reply = WebSocketClient.request(wire, "", "Origin: http://elsewhere.example")
                    .reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(notes.next()).startsWith("4 Forbidden ");
        }
    }

    @Test
    void aTransportThatTheSessionDoesNotUse() throws Exception {
        var server = telling();
        try (var upgrade = WebSocketClient.upgrade(Wire.to(server), "");
                var wire = Wire.to(server)) {
            var sid = PollingClient.sidIn(upgrade.expect("0{"));
            wire.get("/socket.io/?EIO=4&transport=polling&sid=" + sid);
            assertThat(notes.next()).startsWith("3 Bad request ");
        }
    }

    @Test
    void requestsThatTheCheckRefuses() throws Exception {
        var server = servers.start(builder -> builder.allowRequest(request -> {
                    throw new RequestRefused("banned");
                })
                .onConnectionError(error -> {
                    notes.add(error.code() + " " + error.message() + " " + Thread.currentThread());
                    throw new IllegalStateException("for the error handler");
                })
                .onError((error, where) -> notes.add(where)));
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/socket.io/?EIO=4&transport=polling").status()).isEqualTo(403);
            assertThat(notes.next()).startsWith("4 banned ").doesNotContainPattern("sockeye-\\d+-\\d+");
            assertThat(notes.next()).startsWith("connection error handler of ");
            assertThat(wire.get("/socket.io/?EIO=4&transport=polling").status()).isEqualTo(403);
        }
    }

    @Test
    void upgradesInOrderWithEvents() throws Exception {
        var server = servers.start();
        server.onUpgrade((socket, transport) -> notes.add("all " + transport + " " + socket.transport()));
        server.onConnection(socket -> socket.onUpgrade((same, transport) -> notes.add("own " + transport)));
        server.on("say", (socket, args) -> notes.add(args.get(0, String.class)));
        try (var polling = PollingClient.join(server)) {
            polling.post("42[\"say\",\"before\"]");
            assertThat(notes.next()).isEqualTo("before");
            try (var webSocket = WebSocketClient.upgrade(server, polling)) {
                webSocket.send("42[\"say\",\"after\"]");
                assertThat(notes.next(3)).containsExactly("all WEBSOCKET WEBSOCKET", "own WEBSOCKET", "after");
                assertThat(onlySocket(server).transport()).isEqualTo(TransportKind.WEBSOCKET);
            }
        }
    }

    @Test
    void upgradesThatComeBeforeTheHandlerIsThere() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start();
        server.onConnection(socket -> {
            release.await();
            socket.onUpgrade((same, transport) -> notes.add("own " + transport));
        });
        try (var polling = PollingClient.join(server);
                var webSocket = WebSocketClient.upgrade(server, polling)) {
            webSocket.send("40/unknown,");
            webSocket.expect("44/unknown,");
            release.countDown();
            assertThat(notes.next()).isEqualTo("own WEBSOCKET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Protocol: a,a", "Sec-WebSocket-Version: 8"})
    void whatIsNoHandshakeOfAWebSocket(String header) throws Exception {
        try (var wire = Wire.to(telling())) {
            wire.request(
                    "GET",
                    "/socket.io/?EIO=4&transport=websocket",
                    "",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    header.contains("Version") ? "X-A: b" : "Sec-WebSocket-Version: 13",
                    header);
            assertThat(wire.reply().status()).isEqualTo(400);
            assertThat(notes.next()).startsWith("3 Bad request ");
        }
    }

    private static Socket onlySocket(SocketServer server) {
        return server.localSockets().join().get(0);
    }

    @Test
    void howManyThereAre() throws Exception {
        var server = servers.start();
        assertThat(SocketServer.builder().build().connections()).isZero();
        assertThat(server.connections()).isZero();
        server.of("/other");
        server.onDisconnect((socket, reason) -> notes.add("gone"));
        try (var one = WebSocketClient.join(server);
                var other = PollingClient.join(server)) {
            one.join("/other,");
            assertThat(server.connections()).isEqualTo(2);
            one.send("41");
            assertThat(notes.next()).isEqualTo("gone");
            assertThat(server.connections()).isEqualTo(2);
            other.post("1");
            assertThat(notes.next()).isEqualTo("gone");
            server.localSockets().join(); // Each loop has done what it had to do by then.
            assertThat(server.connections()).isEqualTo(1);
        }
        server.close();
        assertThat(server.connections()).isZero();
    }
}
