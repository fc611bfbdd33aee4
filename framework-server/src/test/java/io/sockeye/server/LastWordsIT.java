package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client that breaks the rules is still told before its connection ends. */
@Timeout(30)
class LastWordsIT {
    private static final String MISTAKE = "42/never-joined,[\"x\"]";
    private static final String REFUSAL = "44/unknown,{\"message\":\"Invalid namespace\"}";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final CountDownLatch answer = new CountDownLatch(1);

    /** A server whose dynamic namespaces take their time to say that there is none. */
    private SocketServer start(Duration connectTimeout) {
        var server = servers.start(builder -> builder.connectTimeout(connectTimeout));
        server.onConnection(socket -> notes.add("connected"));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        server.on("x", (socket, args) -> notes.add("x"));
        server.of(candidate -> {
            answer.await(10, TimeUnit.SECONDS);
            return false;
        });
        return server;
    }

    @Test
    void aMistakeBehindAConnectDoesNotSwallowTheRefusal() throws Exception {
        var server = start(Duration.ofSeconds(45));
        try (var client = WebSocketClient.join(server)) {
            client.send("40/unknown,");
            client.send(MISTAKE);
            client.send("42[\"x\"]");
            assertThat(notes.next(2)).containsExactly("connected", "forced close");
            answer.countDown();
            assertThat(client.next()).isEqualTo(REFUSAL);
            assertThat(client.next()).startsWith("close");
        }
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void whatIsNoPacketDoesNotEither() throws Exception {
        var server = start(Duration.ofSeconds(45));
        try (var client = PollingClient.join(server)) {
            client.send("40/unknown,", "4nonsense");
            assertThat(notes.next(2)).containsExactly("connected", "parse error");
            answer.countDown();
            client.expect(REFUSAL);
            client.expect("1");
        }
    }

    @Test
    void amongManyNoRefusalIsLost() throws Exception {
        var server = servers.start();
        server.of(candidate -> false);
        for (int i = 0; i < 200; i++) {
            try (var client = PollingClient.open(server)) {
                client.send("40/unknown,", MISTAKE);
                client.expect(REFUSAL);
                client.expect("1");
            }
        }
    }

    @Test
    void whoBrokeTheRulesJoinsNothingMeanwhile() throws Exception {
        var server = start(Duration.ofSeconds(45));
        var check = new CompletableFuture<Void>();
        server.of("/slow").useAsync(context -> check).onConnection(socket -> notes.add("joined"));
        try (var client = WebSocketClient.join(server)) {
            client.send("40/slow,");
            client.send("40/unknown,");
            client.send(MISTAKE);
            assertThat(notes.next(2)).containsExactly("connected", "forced close");
            check.complete(null);
            assertThat(server.of("/slow").fetchSockets().get(10, TimeUnit.SECONDS))
                    .isEmpty();
            answer.countDown();
            assertThat(client.next()).isEqualTo(REFUSAL);
            assertThat(client.next()).startsWith("close");
        }
        server.stop(Duration.ofSeconds(5));
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void theEndDoesNotWaitForEver() throws Exception {
        var server = start(Duration.ofMillis(300));
        try (var client = WebSocketClient.join(server)) {
            client.send("40/unknown,");
            client.send(MISTAKE);
            assertThat(client.next()).startsWith("close");
        }
        answer.countDown();
    }
}
