package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lessons about memory, threads and connections; see {@link LessonsIT}. */
@Timeout(30)
class ResourceLessonsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void lesson11_aSessionThatJoinsNothingDoesNotStay() throws Exception {
        var server = servers.start(builder -> builder.connectTimeout(Duration.ofMillis(100)));
        try (var webSocket = WebSocketClient.open(server);
                var polling = PollingClient.open(server)) {
            assertThat(webSocket.next()).startsWith("close");
            assertThat(polling.poll()).containsExactly("1");
            assertThat(polling.up().get(polling.target()).body()).contains("\"code\":1");
        }
    }

    @Test
    void lesson12_aSlowConsumerHasALimit() throws Exception {
        var server = servers.start(builder -> builder.outboxBytes(10_000));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = PollingClient.join(server)) {
            for (int i = 0; i < 11; i++) {
                server.emit("block", "x".repeat(1_000));
            }
            assertThat(notes.next()).isEqualTo("outbox overflow");
            client.send();
        } catch (AssertionError unknownSession) {
            assertThat(unknownSession).hasMessageContaining("\"code\":1");
        }
    }

    @Test
    void lesson13_aBlockingHandlerStallsNoPing() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(builder -> builder.loops(1).pingInterval(Duration.ofMillis(50)));
        server.on("block", (socket, args) -> release.await(10, TimeUnit.SECONDS));
        try (var blocked = WebSocketClient.join(server);
                var other = PollingClient.join(server)) {
            blocked.send("42[\"block\"]");
            assertThat(blocked.nextFrame()).hasToString("2");
            assertThat(other.poll()).containsExactly("2");
            release.countDown();
        }
    }

    @Test
    void lesson14_pollingKeepsItsConnection() throws Exception {
        var server = servers.start();
        server.on("echo", (socket, args) -> args.ack());
        try (var client = PollingClient.join(server)) {
            for (int i = 0; i < 50; i++) {
                client.send("421[\"echo\"]");
                var reply = client.down().get(client.target());
                assertThat(reply.body()).isEqualTo("431[]");
                assertThat(reply.header("connection")).isNotEqualTo("close");
            }
        }
    }
}
