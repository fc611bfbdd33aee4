package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class DisconnectIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void disconnectingSeesTheRoomsAndDisconnectDoesNot() throws Exception {
        var server = servers.start();
        server.onConnection(socket -> socket.join("red", "blue"));
        server.onDisconnecting((socket, reason) -> notes.add("disconnecting " + rooms(socket) + " " + reason.text()));
        server.onDisconnect((socket, reason) ->
                notes.add("disconnect " + rooms(socket) + " " + reason.text() + " " + socket.connected()));
        WebSocketClient.join(server).close();
        assertThat(notes.next(2))
                .containsExactly("disconnecting [blue, red] transport close", "disconnect [] transport close false");
        assertThat(server.to("red", "blue").fetchSockets().get(10, TimeUnit.SECONDS))
                .isEmpty();
    }

    private static Set<String> rooms(Socket socket) {
        var rooms = new TreeSet<>(socket.rooms());
        assertThat(rooms.remove(socket.id())).isTrue();
        return rooms;
    }

    @Test
    void comesOnceHoweverManyReasonsThereAre() throws Exception {
        var server = servers.start();
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        server.on("bye", (socket, args) -> {
            socket.disconnectAll();
            socket.disconnectAll();
            socket.closeConnection();
            socket.disconnect();
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"bye\"]");
            assertThat(client.next()).isEqualTo("41");
            assertThat(client.next()).startsWith("close");
        }
        assertThat(notes.next()).isEqualTo("server namespace disconnect");
        try (var other = WebSocketClient.join(server)) {
            other.send("41");
            assertThat(notes.next()).isEqualTo("client namespace disconnect");
        }
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void aBrokenConnectionIsNoticed() throws Exception {
        var server = servers.start();
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        WebSocketClient.join(server).wire().reset();
        assertThat(notes.next()).startsWith("transport ");
        var polling = PollingClient.join(server);
        polling.down().request("GET", polling.target(), "");
        polling.send("3");
        polling.down().close();
        assertThat(notes.next()).isEqualTo("transport error");
        polling.close();
    }

    @Test
    void eachNamespaceOfAConnectionHearsOfItsEnd() throws Exception {
        var server = servers.start();
        for (var name : List.of("/", "/a", "/b")) {
            server.of(name).onDisconnect((socket, reason) -> notes.add(name + " " + reason.text()));
        }
        try (var client = WebSocketClient.join(server)) {
            client.join("/a,");
            client.join("/b,");
        }
        assertThat(notes.next(3))
                .containsExactlyInAnyOrder("/ transport close", "/a transport close", "/b transport close");
    }

    @Test
    void comesAfterTheEventsThatArrivedBefore() throws Exception {
        var server = servers.start();
        server.on("n", (socket, args) -> notes.add("n" + args.get(0, int.class)));
        server.onDisconnect((socket, reason) -> notes.add("gone"));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"n\",1]");
            client.send("42[\"n\",2]");
        }
        assertThat(notes.next(3)).containsExactly("n1", "n2", "gone");
    }

    @Test
    void handlersOfTheSocketHearOfItToo() throws Exception {
        var server = servers.start();
        server.onConnection(socket -> socket.onDisconnecting((who, reason) -> notes.add("own disconnecting"))
                .onDisconnect((who, reason) -> notes.add("own disconnect")));
        server.onDisconnect((socket, reason) -> notes.add("disconnect"));
        WebSocketClient.join(server).close();
        assertThat(notes.next(3)).containsExactly("own disconnecting", "disconnect", "own disconnect");
    }

    @Test
    void aSocketThatIsGoneJoinsNothing() throws Exception {
        var server = servers.start();
        server.onDisconnect((socket, reason) -> {
            socket.join("late");
            socket.emit("late");
            socket.disconnect();
            notes.add("joined late");
        });
        WebSocketClient.join(server).close();
        notes.next();
        assertThat(server.to("late").fetchSockets().get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(server.fetchSockets().get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void aSocketThatIsGoneLeavesTheOtherNamespacesOfItsClientAlone() throws Exception {
        var server = servers.start();
        server.of("/a").onDisconnect((socket, reason) -> {
            socket.closeConnection();
            socket.disconnectAll();
            notes.add(reason.text());
        });
        server.onRequest("ping", int.class, (socket, n) -> n);
        try (var client = WebSocketClient.join(server)) {
            client.join("/a,");
            client.send("41/a,");
            assertThat(notes.next()).isEqualTo("client namespace disconnect");
            client.send("421[\"ping\",7]");
            assertThat(client.next()).isEqualTo("431[7]");
        }
    }

    @Test
    void whoIsSilentIsDisconnectedByPingTimeout() throws Exception {
        var server = servers.start(
                builder -> builder.pingInterval(Duration.ofMillis(60)).pingTimeout(Duration.ofMillis(80)));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = WebSocketClient.join(server)) {
            assertThat(client.nextFrame()).hasToString("2");
            assertThat(client.nextFrame().toString()).startsWith("close");
            assertThat(notes.next()).isEqualTo("ping timeout");
        }
    }
}
