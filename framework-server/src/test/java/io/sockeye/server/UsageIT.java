package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a server says that it holds. */
@Timeout(60)
class UsageIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    private static ServerUsage usage(SocketServer server) throws Exception {
        return server.usage().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aServerThatDoesNotRunHoldsItsNamespaces() throws Exception {
        var server = SocketServer.builder().build();
        server.of("/other");
        assertThat(usage(server)).isEqualTo(new ServerUsage(0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void countsWhatIsThere() throws Exception {
        var server = servers.start(builder -> builder.loops(2));
        var blocked = new CountDownLatch(1);
        server.on("block", (socket, args) -> {
            notes.add("blocks");
            blocked.await();
        });
        server.onConnection(socket -> socket.join("red", "room of " + socket.id()));
        server.onDisconnect((socket, reason) -> notes.add("gone"));
        try (var one = WebSocketClient.join(server);
                var other = PollingClient.join(server)) {
            server.fetchSockets().get(10, TimeUnit.SECONDS);
            server.timeout(Duration.ofMinutes(1)).request("question");
            one.next();
            one.send("42[\"block\"]");
            notes.next();
            var usage = usage(server);
            assertThat(usage.connections()).isEqualTo(2);
            assertThat(usage.namespaces()).isEqualTo(1);
            assertThat(usage.sockets()).isEqualTo(2);
            assertThat(usage.rooms()).isEqualTo(5);
            assertThat(usage.memberships()).isEqualTo(6);
            assertThat(usage.acknowledgements()).isEqualTo(2);
            assertThat(usage.questions()).isEqualTo(1);
            assertThat(usage.waitingEvents()).isEqualTo(1);
            assertThat(usage.waitingBytes()).isPositive();
            assertThat(usage.deadlines()).isGreaterThanOrEqualTo(3);
            blocked.countDown();
            other.post("1");
            one.send("41");
            notes.next();
            notes.next();
        }
        assertThat(emptied(server)).isEqualTo(new ServerUsage(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    /** Once the connections are closed, too. */
    private static ServerUsage emptied(SocketServer server) throws Exception {
        var usage = usage(server);
        for (int i = 0; i < 500 && usage.connections() + usage.deadlines() > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
            usage = usage(server);
        }
        return usage;
    }

    @Test
    void countsThoseWhoMayComeBackAndWhatTheyMayHaveMissed() throws Exception {
        var server = servers.start(
                builder -> builder.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))));
        server.onDisconnect((socket, reason) -> notes.add("gone"));
        try (var present = WebSocketClient.join(server);
                var absent = WebSocketClient.join(server)) {
            absent.wire().reset();
            notes.next();
            server.emit("news", "x".repeat(1_000));
            assertThat(present.next()).startsWith("42[\"news\"");
            var usage = usage(server);
            assertThat(usage.sessions()).isEqualTo(2);
            assertThat(usage.sessionsAway()).isEqualTo(1);
            assertThat(usage.loggedEvents()).isEqualTo(1);
            assertThat(usage.loggedBytes()).isGreaterThan(1_000);
            assertThat(usage.unloggedEvents()).isZero();
        }
    }
}
