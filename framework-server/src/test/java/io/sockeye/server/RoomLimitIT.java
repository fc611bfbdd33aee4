package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class RoomLimitIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void whoAsksForTooManyIsToldSoAndMayLeaveOthers() throws Exception {
        var errors = new Notes();
        var server = servers.start(builder -> builder.maxRooms(2).onError((error, where) -> errors.add(where)));
        server.on("join", String.class, (socket, room) -> socket.join(room));
        server.on("leave", String.class, (socket, room) -> socket.leave(room));
        server.onRequest(
                "rooms", Integer.class, (socket, value) -> socket.rooms().size());
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"join\",\"a\"]");
            client.send("42[\"join\",\"b\"]");
            client.send("42[\"join\",\"b\"]");
            client.send("421[\"join\",\"c\"]");
            client.expect("431[{\"error\":{\"message\":\"too many rooms\"}}]");
            client.send("42[\"leave\",\"a\"]");
            client.send("42[\"join\",\"c\"]");
            client.send("422[\"rooms\",0]");
            client.expect("432[3]");
        }
        assertThat(errors.isEmpty()).isTrue();
    }

    /** More than are left in one turn of the loop. */
    @Test
    void whoWasInVeryManyAndComesBackIsInAllOfThem() throws Exception {
        var server = servers.start(builder -> builder.memory(1 << 30, 1 << 30)
                .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))));
        var changes = new AtomicInteger();
        server.onConnection(socket -> {
            for (int i = 0; i < 5_000 && !socket.recovered(); i++) {
                socket.join("room " + i);
            }
            socket.emit("joined", socket.rooms().size());
        });
        server.of("/").onRooms(new RoomListener() {
            @Override
            public void joined(String room, String socketId) {
                changes.incrementAndGet();
            }

            @Override
            public void left(String room, String socketId) {
                changes.decrementAndGet();
            }
        });
        var guest = Guest.join(server, false);
        assertThat(guest.hear()).isEqualTo("\"joined\",5001");
        guest.goAway();
        var again = guest.comeBack();
        assertThat(again.hear()).isEqualTo("\"joined\",5001");
        assertThat(again.id()).isEqualTo(guest.id());
        var rooms = Inside.of(server.of("/")).localSocketsOf();
        assertThat(rooms.rooms()).hasSize(5_001);
        while (changes.get() != 5_001) { // Within the time of the test.
            Thread.onSpinWait();
        }
        again.close();
    }

    /** More than are left in one turn of the loop. */
    @Test
    void whoWasInVeryManyLeavesAll() throws Exception {
        var left = new Notes();
        var server = servers.start(builder -> builder.maxRooms(5_000));
        server.onConnection(socket -> {
            for (int i = 0; i < 5_000; i++) {
                socket.join("room " + i);
            }
            socket.emit("joined");
        });
        server.onDisconnect((socket, reason) -> left.add("left"));
        try (var client = WebSocketClient.join(server)) {
            client.expect("42[\"joined\"]");
        }
        assertThat(left.next()).isEqualTo("left");
        var rooms = Inside.of(server.of("/")).localSocketsOf();
        while (!rooms.rooms().isEmpty()) { // Within the time of the test.
            Thread.onSpinWait();
        }
    }
}
