package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.DisconnectedException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done with a socket while its client is away. */
@Timeout(30)
class AwayIT {
    private static final ConnectionStateRecovery MINUTE = ConnectionStateRecovery.within(Duration.ofMinutes(1));

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.loops(3).connectionStateRecovery(MINUTE));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
    }

    private Socket away(Guest guest) throws Exception {
        var socket = server.to(guest.id()).localSockets().join().get(0);
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        return socket;
    }

    private Socket back(Guest again) {
        return server.to(again.id()).localSockets().join().get(0);
    }

    @Test
    void itIsNotSeen() throws Exception {
        var guest = Guest.join(server, false);
        var socket = away(guest);
        assertThat(socket.connected()).isFalse();
        assertThat(server.fetchSockets().get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(server.timeout(Duration.ofSeconds(5))
                        .request("anybody")
                        .get(10, TimeUnit.SECONDS)
                        .values())
                .isEmpty();
        assertThatThrownBy(() -> socket.request("you", String.class).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DisconnectedException.class);
        try (var again = guest.comeBack()) {
            assertThat(back(again).recovered()).isTrue();
            server.emit("next");
            assertThat(again.hear()).isEqualTo("\"next\"");
        }
    }

    @Test
    void whoHoldsItAsksTheClientThatIsBack() throws Exception {
        var guest = Guest.join(server, false);
        server.emit("first");
        guest.hear();
        var socket = away(guest);
        try (var again = guest.comeBack()) {
            var answer = socket.request("question", String.class);
            again.expect("420[\"question\"]");
            again.send("430[\"yes\"]");
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("yes");
        }
    }

    @Test
    void roomsSeemToBeLeft() throws Exception {
        server.onConnection(socket -> {
            if (!socket.recovered()) {
                socket.join("red");
                socket.emit("ready");
            }
        });
        var guest = Guest.join(server, false);
        assertThat(guest.hear()).isEqualTo("\"ready\"");
        server.onRooms(new RoomListener() {
            @Override
            public void joined(String room, String socketId) {
                notes.add("joined " + room.replace(socketId, "own"));
            }

            @Override
            public void left(String room, String socketId) {
                notes.add("left " + room.replace(socketId, "own"));
            }
        });
        guest.goAway();
        assertThat(notes.next(3)).containsExactlyInAnyOrder("transport close", "left red", "left own");
        try (var again = guest.comeBack()) {
            assertThat(notes.next(2)).containsExactly("joined own", "joined red");
            assertThat(back(again).rooms()).containsExactlyInAnyOrder("red", again.id());
        }
        notes.next(3);
        try (var stranger = Line.open(server, false)) {
            stranger.send("40{\"pid\":\"" + guest.pid() + "\",\"offset\":\"unknown\"}");
            assertThat(PollingClient.sidIn(stranger.next())).isNotEqualTo(guest.id());
            assertThat(notes.next(2)).containsExactly("joined own", "joined red");
        }
    }

    @Test
    void volatileEventsAreNotKept() throws Exception {
        var guest = Guest.join(server, false);
        var socket = away(guest);
        socket.asVolatile().emit("volatile");
        server.asVolatile().emit("volatile");
        socket.emit("kept");
        server.to(guest.id()).emit("kept, too");
        try (var again = guest.comeBack()) {
            assertThat(again.hear()).isEqualTo("\"kept\"");
            assertThat(again.hear()).isEqualTo("\"kept, too\"");
        }
    }

    @Test
    void roomsCanBeJoinedAndLeft() throws Exception {
        var guest = Guest.join(server, false);
        var socket = server.to(guest.id()).localSockets().join().get(0);
        socket.join("left by socket", "left by server", "kept");
        away(guest);
        socket.leave("left by socket");
        socket.join("joined by socket");
        server.to("kept").socketsJoin("joined by server");
        server.to("kept").socketsLeave("left by server");
        server.to("left by socket", "left by server").emit("never");
        server.to("joined by socket").emit("n", 1);
        server.to("joined by server").emit("n", 2);
        try (var again = guest.comeBack()) {
            assertThat(again.hear()).isEqualTo("\"n\",1");
            assertThat(again.hear()).isEqualTo("\"n\",2");
            assertThat(back(again).rooms())
                    .containsExactlyInAnyOrder(again.id(), "kept", "joined by socket", "joined by server");
        }
    }

    @Test
    void aConnectionHandlerThatIsSlowerThanTheClientCounts() throws Exception {
        var gone = new CountDownLatch(1);
        server.onConnection(socket -> {
            if (!socket.recovered()) {
                gone.await(10, TimeUnit.SECONDS);
                socket.join("lobby");
                server.to("lobby").emit("n", 1);
            }
        });
        server.onDisconnecting(
                (socket, reason) -> notes.add("rooms " + (socket.rooms().size() - 1)));
        var guest = Guest.join(server, false);
        var socket = server.localSockets().join().get(0);
        guest.goAway();
        while (socket.connected()) {
            Thread.sleep(5);
        }
        gone.countDown();
        assertThat(notes.next(2)).containsExactly("rooms 1", "transport close");
        try (var again = guest.comeBack()) {
            assertThat(again.hear()).isEqualTo("\"n\",1");
            assertThat(back(again).rooms()).isEqualTo(Set.of("lobby", again.id()));
        }
    }

    static Stream<Consumer<Socket>> goodbyes() {
        return Stream.of(
                Socket::disconnect,
                Socket::disconnectAll,
                socket -> socket.namespace().broadcast().disconnectSockets(false),
                socket -> socket.namespace().to("red").disconnectSockets(true));
    }

    @ParameterizedTest
    @MethodSource("goodbyes")
    void whoIsDisconnectedWhileAwayDoesNotComeBack(Consumer<Socket> goodbye) throws Exception {
        var guest = Guest.join(server, false);
        server.to(guest.id()).socketsJoin("red");
        var socket = away(guest);
        goodbye.accept(socket);
        assertThat(server.fetchSockets().get(10, TimeUnit.SECONDS)).isEmpty();
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isNotEqualTo(guest.id());
        }
        assertThat(notes.next()).isEqualTo("transport close");
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void theOldSocketStandsForTheClientThatIsBack() throws Exception {
        var guest = Guest.join(server, false);
        var socket = away(guest);
        guest = guest.comeBack();
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isEqualTo(guest.id());
            for (int i = 0; i < 20; i++) {
                socket.emit("n", i);
                socket.asVolatile().compress(true).emit("v");
                socket.join("room " + i);
                server.to("room " + i).emit("m", i);
                socket.leave("room " + i);
                server.to("room " + i).emit("never");
            }
            for (int i = 0; i < 20; i++) {
                assertThat(again.hear()).isEqualTo("\"n\"," + i);
                assertThat(again.next()).isEqualTo("42[\"v\"]");
                assertThat(again.hear()).isEqualTo("\"m\"," + i);
            }
            assertThat(socket.connected()).isFalse();
            socket.disconnect();
            assertThat(again.next()).isEqualTo("41");
            assertThat(notes.next()).isEqualTo("server namespace disconnect");
        }
    }

    @Test
    void whatWasDoneCountsWhateverTheClientSaysThatItHasGot() throws Exception {
        var guest = Guest.join(server, false);
        server.to(guest.id()).socketsJoin("secret");
        server.to("secret").emit("first");
        assertThat(guest.hear()).isEqualTo("\"first\"");
        var other = Guest.join(server, false);
        away(guest);
        server.to("secret").socketsLeave("secret");
        server.emit("told to all");
        assertThat(other.hear()).isEqualTo("\"told to all\"");
        try (var again = guest.comeBack(other)) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(back(again).rooms()).containsExactly(again.id());
        }
        assertThat(notes.next()).isEqualTo("transport close");
        server.to(guest.id()).disconnectSockets(false);
        server.emit("told to all");
        assertThat(other.hear()).isEqualTo("\"told to all\"");
        try (var again = guest.comeBack(other)) {
            assertThat(again.id()).isNotEqualTo(guest.id());
        }
    }

    @Test
    void whoLeftByItselfDoesNotComeBack() throws Exception {
        var guest = Guest.join(server, false);
        guest.send("41");
        assertThat(notes.next()).isEqualTo("client namespace disconnect");
        server.emit("missed");
        try (var again = guest.comeBack(guest.line())) {
            assertThat(again.id()).isNotEqualTo(guest.id());
        }
    }
}
