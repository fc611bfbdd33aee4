package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that are asked about and steered from elsewhere. */
@Timeout(30)
class SocketChangeIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void fetchedSocketsTellWhatTheyWere() throws Exception {
        var server = servers.start();
        server.use(context -> context.data().put("name", context.auth(Map.class).get("name")));
        try (var client = WebSocketClient.open(server);
                var other = WebSocketClient.open(server)) {
            client.send("40{\"name\":\"ann\"}");
            String id = PollingClient.sidIn(client.expect("40{"));
            other.send("40{\"name\":\"bob\"}");
            other.expect("40{");
            server.in(id).socketsJoin("red", "red", "blue");
            var fetched = server.in("red").fetchSockets().get(10, TimeUnit.SECONDS);
            assertThat(fetched).hasSize(1);
            var ann = fetched.sockets().get(0);
            assertThat(ann.id()).isEqualTo(id);
            assertThat(ann.rooms()).containsExactlyInAnyOrder(id, "red", "blue");
            assertThat(ann.data()).isEqualTo(Map.of("name", "ann"));
            assertThat(ann.handshake().query("transport")).contains("websocket");
            assertThat(ann.toString()).contains(id);
            assertThat(server.fetchSockets().get(10, TimeUnit.SECONDS)).hasSize(2);
            assertThat(server.except("red").localSockets().get(10, TimeUnit.SECONDS))
                    .singleElement()
                    .satisfies(socket -> assertThat(socket.data()).containsEntry("name", "bob"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoSteersByBroadcastAndBySocketDoesSoInOrder(boolean recovery) throws Exception {
        var server = servers.start(builder -> recovery
                ? builder.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1)))
                : builder);
        try (var client = WebSocketClient.open(server)) {
            var socket = server.socket(client.join("")).orElseThrow();
            for (int i = 0; i < 200; i++) {
                server.in(socket.id()).socketsJoin("red");
                socket.leave("red");
                server.to("red").emit("never");
                socket.join("blue");
                server.in(socket.id()).socketsLeave("blue");
                server.to("blue").emit("never");
            }
            socket.emit("end");
            assertThat(client.next()).startsWith("42[\"end\"");
            assertThat(socket.rooms()).containsExactly(socket.id());
        }
    }

    @Test
    void whatIsDoneWithAFetchedSocketHappensToTheSocket() throws Exception {
        var server = servers.start();
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = WebSocketClient.join(server)) {
            var remote =
                    server.fetchSockets().get(10, TimeUnit.SECONDS).sockets().get(0);
            remote.emit("hello", 1);
            assertThat(client.next()).isEqualTo("42[\"hello\",1]");
            remote.join("red");
            server.to("red").emit("in red");
            assertThat(client.next()).isEqualTo("42[\"in red\"]");
            remote.leave("red", "red");
            server.to("red").emit("never");
            var answer = remote.request(Duration.ofSeconds(10), "sum", int.class, 1);
            client.expect("420[\"sum\",1]");
            client.send("430[3,\"more\"]");
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(3);
            var all = remote.request(Duration.ofSeconds(10), "all", Args.class);
            client.expect("421[\"all\"]");
            client.send("431[3,\"more\"]");
            assertThat(all.get(10, TimeUnit.SECONDS).get(1, String.class)).isEqualTo("more");
            var late = remote.request(Duration.ofMillis(50), "late", int.class);
            assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AckTimeoutException.class);
            client.expect("422[\"late\"]");
            remote.disconnect(false);
            assertThat(client.next()).isEqualTo("41");
            assertThat(notes.next()).isEqualTo("server namespace disconnect");
            var gone = remote.request(Duration.ofMinutes(1), "gone", int.class);
            assertThatThrownBy(() -> gone.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(DisconnectedException.class);
            remote.emit("never");
            remote.join("never");
            client.join("");
        }
    }

    @Test
    void aRequestToAFetchedSocketFailsWithWhatItNames() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var remote =
                    server.fetchSockets().get(10, TimeUnit.SECONDS).sockets().get(0);
            remote.request(Duration.ofMillis(50), "late", int.class).whenComplete(this::note);
            assertThat(notes.next()).isEqualTo("AckTimeoutException");
            remote.request(Duration.ofSeconds(10), "wrong", int.class).whenComplete(this::note);
            client.expect("420[\"late\"]");
            client.expect("421[\"wrong\"]");
            client.send("431[\"text\"]");
            assertThat(notes.next()).isEqualTo("JsonException");
            var saved = remote.request(Duration.ofSeconds(10), "save", Void.class);
            client.expect("422[\"save\"]");
            client.send("432[]");
            assertThat(saved.get(10, TimeUnit.SECONDS)).isNull();
            remote.request(Duration.ofMinutes(1), "leaves", int.class).whenComplete(this::note);
            client.expect("423[\"leaves\"]");
            client.send("41");
            assertThat(notes.next()).isEqualTo("DisconnectedException");
            remote.request(Duration.ofMinutes(1), "gone", int.class).whenComplete(this::note);
            assertThat(notes.next()).isEqualTo("DisconnectedException");
        }
    }

    private void note(Object answer, Throwable failure) {
        notes.add(failure.getClass().getSimpleName());
    }

    @Test
    void roomsAreJoinedAndLeftByAllWhoAreMeant() throws Exception {
        var server = servers.start(builder -> builder.loops(3));
        try (var one = WebSocketClient.join(server);
                var two = WebSocketClient.join(server);
                var three = WebSocketClient.open(server)) {
            String id = three.join("");
            server.except(id).socketsJoin("red", "blue");
            server.in("blue").socketsLeave("red", "red", "nowhere");
            server.to("red").emit("never");
            server.to("blue").emit("blue");
            server.emit("end");
            for (var client : List.of(one, two)) {
                assertThat(client.next()).isEqualTo("42[\"blue\"]");
                assertThat(client.next()).isEqualTo("42[\"end\"]");
            }
            assertThat(three.next()).isEqualTo("42[\"end\"]");
        }
    }

    @Test
    void socketsAreDisconnectedWithOrWithoutTheirConnections() throws Exception {
        var server = servers.start();
        server.onDisconnect((socket, reason) -> notes.add("/ " + reason.text()));
        server.of("/other").onDisconnect((socket, reason) -> notes.add("/other " + reason.text()));
        try (var client = WebSocketClient.join(server)) {
            client.join("/other,");
            server.of("/other").disconnectSockets(false);
            assertThat(client.next()).isEqualTo("41/other,");
            assertThat(notes.next()).isEqualTo("/other server namespace disconnect");
            client.join("/other,");
            server.disconnectSockets(true);
            assertThat(List.of(client.next(), client.next())).containsExactlyInAnyOrder("41", "41/other,");
            assertThat(client.next()).startsWith("close");
            assertThat(notes.next(2))
                    .containsExactlyInAnyOrder("/ server namespace disconnect", "/other server namespace disconnect");
        }
    }

    @Test
    void withoutAClusterNoOtherServerIsToldOrAsked() throws Exception {
        var server = servers.start();
        server.onServerEvent("hello", args -> notes.add("heard"));
        server.serverSideEmit("hello", 1);
        assertThat(server.serverSideRequest(Duration.ofMinutes(1), "hello").get(10, TimeUnit.SECONDS))
                .isEqualTo(Inside.NO_ANSWERS);
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void roomListenersAreToldInOrderFromAllLoops() throws Exception {
        var server = servers.start(builder -> builder.loops(4));
        server.onRooms(new RoomListener() {
            @Override
            public void created(String room) {
                note("create", room);
            }

            @Override
            public void joined(String room, String socketId) {
                note("join", room);
            }

            @Override
            public void left(String room, String socketId) {
                note("leave", room);
            }

            @Override
            public void deleted(String room) {
                note("delete", room);
            }

            private void note(String what, String room) {
                if (room.equals("red")) {
                    notes.add(what);
                }
            }
        });
        server.onConnection(socket -> {
            socket.join("red");
            socket.emit("welcome");
        });
        var clients = new ArrayList<WebSocketClient>();
        for (int i = 0; i < 8; i++) {
            clients.add(WebSocketClient.join(server));
            clients.get(i).expect("42[\"welcome\"]");
        }
        for (var client : clients) {
            client.close();
        }
        int members = 0;
        int left = 0;
        while (left < 8) {
            switch (notes.next()) {
                case "create" -> {
                    assertThat(members).isZero();
                    assertThat(notes.next()).isEqualTo("join");
                    members++;
                }
                case "join" -> assertThat(members++).isPositive();
                case "leave" -> {
                    left++;
                    if (--members == 0) {
                        assertThat(notes.next()).isEqualTo("delete");
                    }
                }
                default -> throw new AssertionError("deleted though " + members + " are in it");
            }
        }
        assertThat(members).isZero();
    }
}
