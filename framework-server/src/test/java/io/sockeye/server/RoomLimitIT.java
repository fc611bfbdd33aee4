package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

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
        var rooms = server.of("/").localSocketsOf();
        while (!rooms.rooms().isEmpty()) { // Within the time of the test.
            Thread.onSpinWait();
        }
    }
}
