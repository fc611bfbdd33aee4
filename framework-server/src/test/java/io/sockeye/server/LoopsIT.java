package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server on four event loops: connections go round them, sessions stay where they are. */
@Timeout(60)
class LoopsIT {
    private static final int LOOPS = 4;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.loops(LOOPS));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
    }

    @Test
    void theRequestsOfASessionMayComeOverAnyConnection() throws Exception {
        try (var client = PollingClient.join(server)) {
            for (int i = 0; i < 3 * LOOPS; i++) {
                try (var post = Wire.to(server);
                        var get = Wire.to(server)) {
                    var ok = post.post(client.target(), "42" + i + "[\"echo\"," + i + "]");
                    assertThat(ok.body()).isEqualTo("ok");
                    assertThat(get.get(client.target()).packets()).containsExactly("43" + i + "[" + i + "]");
                }
            }
        }
    }

    @Test
    void aConnectionMayServeSessionsOfSeveralLoops() throws Exception {
        var clients = new ArrayList<PollingClient>();
        for (int i = 0; i < LOOPS; i++) {
            clients.add(PollingClient.join(server));
        }
        try (var wire = Wire.to(server)) {
            for (int round = 0; round < 5; round++) {
                for (var client : clients) {
                    assertThat(wire.post(client.target(), "421[\"echo\",\"x\"]").body())
                            .isEqualTo("ok");
                    assertThat(wire.get(client.target()).packets()).containsExactly("431[\"x\"]");
                }
            }
        }
        closeAll(clients);
    }

    @Test
    void requestsThatFollowWithoutWaitingMoveAlong() throws Exception {
        var clients = new ArrayList<PollingClient>();
        for (int i = 0; i < LOOPS; i++) {
            clients.add(PollingClient.join(server));
        }
        try (var wire = Wire.to(server)) {
            PipelinedEchoes.exchange(wire, clients, 5_000);
        }
        closeAll(clients);
    }

    private static void closeAll(List<PollingClient> clients) throws IOException {
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void aWebSocketMayUpgradeASessionOfAnotherLoop() throws Exception {
        for (int i = 0; i < 2 * LOOPS + 1; i++) {
            try (var polling = PollingClient.join(server);
                    var skipped = Wire.to(server)) {
                skipped.get("/"); // The next connection is on yet another loop.
                try (var client = WebSocketClient.upgrade(server, polling)) {
                    client.send("421[\"echo\",\"moved\"]");
                    assertThat(client.next()).isEqualTo("431[\"moved\"]");
                    server.emit("news");
                    assertThat(client.next()).isEqualTo("42[\"news\"]");
                }
            }
        }
    }

    @Test
    void aBroadcastReachesTheSocketsOfAllLoopsOnce() throws Exception {
        server.onConnection(socket -> socket.join("red", "blue"));
        var clients = new ArrayList<WebSocketClient>();
        for (int i = 0; i < 3 * LOOPS; i++) {
            clients.add(WebSocketClient.join(server));
            clients.get(i).send("421[\"echo\",0]");
            clients.get(i).expect("431");
        }
        assertThat(server.to("red").fetchSockets().get(10, TimeUnit.SECONDS)).hasSize(3 * LOOPS);
        server.to("red", "blue").emit("both");
        server.emit("all");
        server.to("nobody").emit("none");
        for (var client : clients) {
            client.send("422[\"echo\",0]");
            assertThat(List.of(client.next(), client.next(), client.next()))
                    .containsExactly("42[\"both\"]", "42[\"all\"]", "432[0]");
            client.close();
        }
    }

    @Test
    void manySidsOfForeignLoopsAreUnknown() throws Exception {
        try (var wire = Wire.to(server)) {
            for (var sid :
                    List.of("__AAAAAAAAAAAAAAAAAAAA", "AEAAAAAAAAAAAAAAAAAAAA", "ADAAAAAAAAAAAAAAAAAAAA", "%00")) {
                var reply = wire.get("/socket.io/?EIO=4&transport=polling&sid=" + sid);
                assertThat(reply.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
            }
        }
    }
}
