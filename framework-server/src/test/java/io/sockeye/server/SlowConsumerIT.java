package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.DisconnectedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that do not take what is sent to them. */
@Timeout(60)
class SlowConsumerIT {
    private static final String BLOCK = "x".repeat(64 << 10);
    private static final int SMALL_BUFFER = 4 << 10;
    /** More than all buffers between a server and a client that does not read. */
    private static final int MANY_BLOCKS = 2_000;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void aPollingClientThatDoesNotPollIsDisconnected() throws Exception {
        var server = servers.start(builder -> builder.outboxBytes(1_000));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = PollingClient.join(server)) {
            var socket = onlySocket(server);
            socket.emit("fits", "x".repeat(900));
            assertThat(writable(socket)).isFalse();
            assertThat(notes.isEmpty()).isTrue();
            socket.emit("too much", "x".repeat(900));
            assertThat(notes.next()).isEqualTo("outbox overflow");
            assertThat(client.down().get(client.target()).body()).contains("\"code\":1");
        }
    }

    @Test
    void whatIsTakenMakesRoomAgain() throws Exception {
        var server = servers.start(builder -> builder.outboxBytes(1_000));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = PollingClient.join(server)) {
            var socket = onlySocket(server);
            for (int i = 0; i < 10; i++) {
                socket.emit("fits", "x".repeat(900));
                assertThat(client.next()).startsWith("42[\"fits\"");
            }
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void aWebSocketThatDoesNotReadIsDisconnected() throws Exception {
        var server = servers.start(builder -> builder.outboxBytes(200_000));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = joinWithSmallBuffer(server)) {
            var socket = onlySocket(server);
            for (int i = 0; i < MANY_BLOCKS && notes.isEmpty(); i++) {
                socket.emit("block", BLOCK);
                writable(socket);
            }
            assertThat(notes.next()).isEqualTo("outbox overflow");
            assertThat(client.next()).startsWith("42[\"block\"");
        }
    }

    @Test
    void aSlowWebSocketDelaysNobodyElse() throws Exception {
        var server = servers.start(builder -> builder.loops(1));
        try (var slow = joinWithSmallBuffer(server)) {
            blockUp(onlySocket(server));
            try (var quick = WebSocketClient.join(server)) {
                server.emit("news");
                assertThat(quick.next()).isEqualTo("42[\"news\"]");
            }
            slow.expect("42[\"block\"");
        }
    }

    @Test
    void lesson17_aWebSocketThatReadsLateGetsEverythingInOrder() throws Exception {
        var server = servers.start();
        try (var client = joinWithSmallBuffer(server)) {
            var socket = onlySocket(server);
            int blocks = blockUp(socket);
            for (int i = 0; i < 20; i++) {
                socket.emit("n", i, BLOCK);
            }
            for (int i = 0; i < blocks; i++) {
                client.expect("42[\"block\"");
            }
            for (int i = 0; i < 20; i++) {
                client.expect("42[\"n\"," + i + ",");
            }
        }
    }

    @Test
    void volatileEventsAreDroppedForThoseThatCannotTakeThem() throws Exception {
        var server = servers.start();
        try (var slow = joinWithSmallBuffer(server)) {
            int blocks = blockUp(onlySocket(server));
            try (var quick = WebSocketClient.join(server)) {
                server.of("/").broadcast().asVolatile().emit("volatile");
                server.emit("kept");
                assertThat(quick.next()).isEqualTo("42[\"volatile\"]");
                assertThat(quick.next()).isEqualTo("42[\"kept\"]");
            }
            for (int i = 0; i < blocks; i++) {
                slow.expect("42[\"block\"");
            }
            assertThat(slow.next()).isEqualTo("42[\"kept\"]");
        }
    }

    @Test
    void volatileEventsAreDroppedBetweenTwoPolls() throws Exception {
        var server = servers.start();
        try (var client = PollingClient.join(server)) {
            var socket = onlySocket(server);
            socket.asVolatile().emit("dropped");
            socket.emit("kept");
            assertThat(writable(socket)).isFalse();
            assertThat(client.poll()).containsExactly("42[\"kept\"]");
            client.down().request("GET", client.target(), "");
            while (!writable(socket)) {
                Thread.onSpinWait();
            }
            socket.asVolatile().emit("taken");
            assertThat(client.down().reply().packets()).containsExactly("42[\"taken\"]");
        }
    }

    @Test
    void aVolatileRequestThatIsDroppedHasNoAnswerInTime() throws Exception {
        var server = servers.start();
        try (var client = PollingClient.join(server)) {
            var socket = onlySocket(server);
            assertThat(writable(socket)).isFalse();
            var patient = socket.asVolatile().timeout(Duration.ofMinutes(1)).request("dropped", String.class);
            var unlimited = socket.asVolatile().request("dropped", String.class);
            var one = socket.asVolatile().timeout(Duration.ofMillis(50)).request("dropped", String.class);
            var all = server.asVolatile().timeout(Duration.ofMillis(50)).request("dropped");
            assertThatThrownBy(() -> one.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AckTimeoutException.class);
            assertThat(all.get(10, TimeUnit.SECONDS).missing()).isEqualTo(1);
            socket.emit("kept");
            assertThat(client.poll()).containsExactly("42[\"kept\"]");
            assertThat(patient.isDone() || unlimited.isDone()).isFalse();
            socket.disconnect();
            for (var future : List.of(patient, unlimited)) {
                assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(DisconnectedException.class);
            }
        }
    }

    private static WebSocketClient joinWithSmallBuffer(SocketServer server) throws Exception {
        var client = WebSocketClient.open(Wire.to(server, SMALL_BUFFER));
        client.join("");
        return client;
    }

    private static Socket onlySocket(SocketServer server) throws Exception {
        var sockets = server.localSockets().get(10, TimeUnit.SECONDS);
        assertThat(sockets).hasSize(1);
        return sockets.get(0);
    }

    /** Emits until the connection takes no more. */
    private static int blockUp(Socket socket) throws Exception {
        int blocks = 0;
        while (writable(socket)) {
            assertThat(blocks++).isLessThan(MANY_BLOCKS);
            socket.emit("block", BLOCK);
        }
        return blocks;
    }

    private static boolean writable(Socket socket) throws Exception {
        var answer = new CompletableFuture<Boolean>();
        Inside.of(socket)
                .connection()
                .loop()
                .execute(() ->
                        answer.complete(Inside.of(socket).connection().session().writable()));
        return answer.get(10, TimeUnit.SECONDS);
    }
}
