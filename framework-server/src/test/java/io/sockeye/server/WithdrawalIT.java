package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.AckTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@DisplayName("socket.io#4318: a timed-out event is taken back if it has not left")
class WithdrawalIT {
    private static final String BLOCK = "x".repeat(64 << 10);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONGER = Duration.ofMillis(150);
    private static final Duration LONG = Duration.ofMinutes(1);

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void aClientThatPollsLateDoesNotGetWhatNobodyWaitsFor() throws Exception {
        var server = servers.start();
        try (var client = PollingClient.join(server)) {
            var socket = onlySocket(server);
            socket.emit("before");
            var late = socket.timeout(SHORT).request("late", String.class, new byte[] {1});
            var kept = socket.timeout(LONG).request("kept", String.class);
            assertTimesOut(late);
            assertThat(client.poll()).containsExactly("42[\"before\"]", "421[\"kept\"]");
            client.send("431[\"ok\"]");
            assertThat(kept.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
        }
    }

    @Test
    void whatIsTakenBackMakesRoomInTheOutbox() throws Exception {
        var server = servers.start(builder -> builder.outboxBytes(1_000));
        try (var client = PollingClient.join(server)) {
            var socket = onlySocket(server);
            for (int i = 0; i < 3; i++) {
                assertTimesOut(socket.timeout(SHORT).request("late", String.class, "x".repeat(800)));
            }
            socket.emit("next", "y".repeat(800));
            client.expect("42[\"next\"");
        }
    }

    @Test
    void aBroadcastIsTakenBackFromThoseWhomItHasNotReached() throws Exception {
        var server = servers.start();
        try (var slow = PollingClient.join(server);
                var quick = WebSocketClient.join(server)) {
            var sockets = server.localSockets().get(10, TimeUnit.SECONDS);
            var future = server.timeout(SHORT).request("late");
            quick.expect("420[\"late\"]");
            quick.send("430[\"quick\"]");
            var answers = future.get(10, TimeUnit.SECONDS);
            assertThat(answers.values()).hasSize(1);
            assertThat(answers.missing()).isEqualTo(1);
            for (var socket : sockets) { // Another one that times out later: the first is over on its loop, too.
                assertTimesOut(socket.timeout(LONGER).request("later", String.class));
            }
            server.emit("next");
            assertThat(slow.poll()).containsExactly("42[\"next\"]");
        }
    }

    @Test
    void aWebSocketThatReadsLateDoesNotGetItEither() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.open(Wire.to(server, 4 << 10))) {
            client.join("");
            var socket = onlySocket(server);
            int blocks = 0;
            while (writable(socket)) {
                socket.emit("block", BLOCK);
                blocks++;
            }
            assertTimesOut(socket.timeout(SHORT).request("late", String.class));
            var all = server.timeout(SHORT).request("late too");
            assertThat(all.get(10, TimeUnit.SECONDS).missing()).isEqualTo(1);
            assertTimesOut(socket.timeout(LONGER).request("later", String.class));
            socket.emit("after");
            for (int i = 0; i < blocks; i++) {
                client.expect("42[\"block\"");
            }
            assertThat(client.next()).isEqualTo("42[\"after\"]");
        }
    }

    @Test
    void whatHasLeftIsNotTakenBackAndItsLateAnswerIsIgnored() throws Exception {
        var server = servers.start();
        try (var client = PollingClient.join(server)) {
            var socket = onlySocket(server);
            var late = socket.timeout(SHORT).request("late", String.class);
            client.expect("420[\"late\"]");
            assertTimesOut(late);
            client.send("430[\"too late\"]");
            socket.emit("next");
            client.expect("42[\"next\"]");
        }
    }

    private static void assertTimesOut(CompletableFuture<?> future) {
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AckTimeoutException.class);
    }

    private static Socket onlySocket(SocketServer server) throws Exception {
        var sockets = server.localSockets().get(10, TimeUnit.SECONDS);
        assertThat(sockets).hasSize(1);
        return sockets.get(0);
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
