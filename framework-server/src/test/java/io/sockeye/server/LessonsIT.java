package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.event.DisconnectedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Faults of other servers and clients, by their numbers in the list of lessons. Here those of correctness; the others are
 * where the table says. A lesson for clients alone is "not a server's".
 *
 * <pre>
 *  1-7  here                               16  StartStopIT
 *    8  not a server's (what arrives       17  SlowConsumerIT
 *       before a client has connected)     18  ClusterIT, SilentServersIT
 *    9  here, AcksIT                       19  FeatureLessonsIT
 *   10  here                               20  no host but our own yet: RoutesIT has its routes
 *   11  ResourceLessonsIT, LeakIT          21  ArchitectureTest (testbed)
 *   12  ResourceLessonsIT, SlowConsumerIT  22  RecoveryIT, AwayIT
 *   13  ResourceLessonsIT, BackPressureIT  23  not a server's (a client's token)
 *   14  ResourceLessonsIT                  24  FeatureLessonsIT
 *   15  not a server's (client threads)    25  FeatureLessonsIT, ParserIT, DynamicNamespacesIT
 *
 *  also: doubled handlers, deadlock, primitive arrays, text that looks like JSON: FeatureLessonsIT; connections for each
 *  host and headers that follow a redirect are not a server's
 * </pre>
 */
@Timeout(30)
class LessonsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void lesson01_binaryHasNoExtraByteAndBase64InPayloads() throws Exception {
        var server = servers.start();
        server.onConnection(socket -> socket.emit("b", new byte[] {4, 1}));
        try (var webSocket = WebSocketClient.join(server);
                var polling = PollingClient.join(server)) {
            webSocket.expect("451-[\"b\",");
            assertThat(webSocket.next()).isEqualTo("binary 0401");
            polling.expect("451-[\"b\",");
            assertThat(polling.next()).isEqualTo("bBAE=");
        }
    }

    @Test
    void lesson02_aCookieChoosesNoSession() throws Exception {
        var server = servers.start();
        try (var client = PollingClient.open(server);
                var tab = Wire.to(server)) {
            var second = tab.get("/socket.io/?EIO=4&transport=polling", "Cookie: io=" + client.sid());
            assertThat(PollingClient.sidIn(second.body())).isNotEqualTo(client.sid());
            assertThat(second.header("set-cookie")).isEmpty();
        }
    }

    @Test
    void lesson03_middlewareRunsWithoutAToken() throws Exception {
        var server = servers.start();
        server.use(context -> {
            notes.add("asked " + context.auth(Map.class));
            throw new ConnectionRefused("who are you?");
        });
        server.onConnection(socket -> notes.add("connected"));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            assertThat(client.next()).isEqualTo("44{\"message\":\"who are you?\"}");
        }
        assertThat(notes.next()).isEqualTo("asked {}");
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void lesson03_noEventCountsBeforeTheClientIsAccepted() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start();
        server.use(context -> release.await(10, TimeUnit.SECONDS));
        server.on("secret", (socket, args) -> notes.add("secret"));
        server.onConnection(socket -> notes.add("connected"));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.send("42[\"secret\"]");
            assertThat(client.next()).startsWith("close");
            assertThat(server.fetchSockets().get(10, TimeUnit.SECONDS)).isEmpty();
            release.countDown();
        }
        server.stop(Duration.ofSeconds(5));
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void lesson04_aFailedUpgradeSparesTheSession() throws Exception {
        var server = servers.start();
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        try (var client = PollingClient.join(server)) {
            for (var wrong : List.of("2", "40", "nonsense", "2prob")) {
                try (var probe = WebSocketClient.upgrade(Wire.to(server), "&sid=" + client.sid())) {
                    probe.send(wrong);
                    assertThat(probe.next()).startsWith("close");
                }
            }
            try (var dropped = WebSocketClient.upgrade(Wire.to(server), "&sid=" + client.sid())) {
                dropped.send("2probe");
                dropped.expect("3probe");
            }
            client.send("421[\"echo\",\"alive\"]");
            client.expect("431[\"alive\"]");
        }
    }

    @Test
    void lesson04_anUpgradeThatTakesTooLongSparesTheSession() throws Exception {
        var server = servers.start(builder -> builder.upgradeTimeout(Duration.ofMillis(100)));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        try (var client = PollingClient.join(server);
                var probe = WebSocketClient.upgrade(Wire.to(server), "&sid=" + client.sid())) {
            probe.send("2probe");
            probe.expect("3probe");
            assertThat(probe.next()).startsWith("close");
            client.send("421[\"echo\",\"alive\"]");
            client.expect("431[\"alive\"]");
        }
    }

    @Test
    void lesson05_aSocketInTwoRoomsGetsAnEventOnce() throws Exception {
        var server = servers.start();
        server.on("go", (socket, args) -> {
            socket.join("a", "b");
            server.to("a", "b", socket.id()).emit("once");
            socket.emit("end");
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"go\"]");
            assertThat(List.of(client.next(), client.next())).containsExactly("42[\"once\"]", "42[\"end\"]");
        }
    }

    @Test
    void lesson06_aRefusalIsAnObject() throws Exception {
        var server = servers.start();
        server.of("/data").use(context -> {
            throw new ConnectionRefused("no", Map.of("code", 7));
        });
        try (var client = WebSocketClient.open(server)) {
            client.send("40/data,");
            assertThat(client.next()).isEqualTo("44/data,{\"message\":\"no\",\"data\":{\"code\":7}}");
            client.send("40/unknown,{}");
            assertThat(client.next()).isEqualTo("44/unknown,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void lesson07_whatIsNoPacketHasOneReason() throws Exception {
        var server = servers.start();
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        for (var bad : List.of("", "9", "4", "49", "42", "42{}", "42[", "42[]", "45", "451-{}", "42[\"a\"")) {
            try (var client = WebSocketClient.join(server)) {
                client.send(bad);
                assertThat(client.next()).as(bad).startsWith("close");
            }
            assertThat(notes.next()).as(bad).isEqualTo("parse error");
        }
        try (var client = WebSocketClient.join(server)) {
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[] {1});
            assertThat(client.next()).startsWith("close");
        }
        assertThat(notes.next()).isEqualTo("parse error");
    }

    @Test
    void lesson09_anAckOfADisconnectedSocketFailsAtOnce() throws Exception {
        var server = servers.start();
        server.onDisconnect((socket, reason) -> {
            var late = socket.timeout(Duration.ofMinutes(1)).request("late", String.class);
            late.whenComplete((answer, failure) -> notes.add(String.valueOf(failure)));
        });
        WebSocketClient.join(server).close();
        assertThat(notes.next()).startsWith(DisconnectedException.class.getName());
    }

    @Test
    void lesson10_aClientThatIsGoneIsNoticedInTimeAndOnce() throws Exception {
        var server = servers.start(
                builder -> builder.pingInterval(Duration.ofMillis(100)).pingTimeout(Duration.ofMillis(100)));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = PollingClient.join(server)) {
            assertThat(client.poll()).containsExactly("2");
            assertThat(notes.next()).isEqualTo("ping timeout");
            assertThat(client.post("3").body()).contains("\"code\":1");
        }
        server.stop(Duration.ofSeconds(5));
        assertThat(notes.isEmpty()).isTrue();
    }
}
