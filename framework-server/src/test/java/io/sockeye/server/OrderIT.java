package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one thread does takes effect in the order in which it did it. */
@Timeout(30)
class OrderIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void emitsAndBroadcastsOfAHandlerKeepTheirOrder() throws Exception {
        var server = servers.start();
        server.on("go", (socket, args) -> {
            for (int i = 0; i < 100; i += 4) {
                socket.emit("n", i);
                server.to(socket.id()).emit("n", i + 1);
                server.emit("n", i + 2);
                socket.asVolatile().emit("n", i + 3);
            }
            args.ack();
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"go\"]");
            for (int i = 0; i < 100; i++) {
                assertThat(client.next()).isEqualTo("42[\"n\"," + i + "]");
            }
            assertThat(client.next()).isEqualTo("431[]");
        }
    }

    @Test
    void joinCountsForTheNextBroadcastAndLeaveToo() throws Exception {
        var server = servers.start();
        server.on("go", (socket, args) -> {
            for (int i = 0; i < 50; i++) {
                socket.join("room");
                server.to("room").emit("in", i);
                socket.leave("room");
                server.to("room").emit("out", i);
            }
            socket.emit("end");
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"go\"]");
            for (int i = 0; i < 50; i++) {
                assertThat(client.next()).isEqualTo("42[\"in\"," + i + "]");
            }
            assertThat(client.next()).isEqualTo("42[\"end\"]");
        }
    }

    @Test
    void aThreadOfTheApplicationKeepsItsOrderToo() throws Exception {
        var server = servers.start(builder -> builder.loops(4));
        try (var client = WebSocketClient.join(server)) {
            var socket = server.localSockets().join().get(0);
            socket.join("a", "b");
            assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "a", "b");
            server.to("a", "b").emit("first");
            socket.leave("a");
            socket.leave("b");
            server.to("a", "b").emit("never");
            socket.emit("second");
            socket.disconnect();
            socket.emit("never");
            assertThat(List.of(client.next(), client.next(), client.next()))
                    .containsExactly("42[\"first\"]", "42[\"second\"]", "41");
        }
    }

    @Test
    void whatTheConnectionHandlerEmitsFollowsTheAnswerToConnect() throws Exception {
        var server = servers.start();
        server.onConnection(socket -> socket.emit("welcome"));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.expect("40{");
            assertThat(client.next()).isEqualTo("42[\"welcome\"]");
        }
    }

    @Test
    void argumentsAreWrittenBeforeEmitReturns() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = server.localSockets().join().get(0);
            var numbers = new int[] {1};
            var bytes = new byte[] {1};
            socket.emit("sent", numbers, bytes);
            numbers[0] = 2;
            bytes[0] = 2;
            assertThat(client.next()).isEqualTo("451-[\"sent\",[1],{\"_placeholder\":true,\"num\":0}]");
            assertThat(client.next()).isEqualTo("binary 01");
        }
    }
}
