package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.DisconnectedException;
import io.sockeye.server.http.Cors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Faults of other servers, by their numbers in the list of lessons. */
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

    @Test
    void lesson19_anUnknownSessionIsAnErrorThatClientsUnderstand() throws Exception {
        try (var client = PollingClient.open(servers.start());
                var wire = Wire.to(servers.start())) {
            var reply = wire.get(client.target());
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
            assertThat(reply.header("connection")).isNotEqualTo("close");
        }
    }

    @Test
    void lesson24_originsAreClosedUnlessTheyAreNamed() throws Exception {
        String target = "/socket.io/?EIO=4&transport=polling";
        try (var wire = Wire.to(servers.start())) {
            var reply = wire.get(target, "Origin: https://evil.example");
            assertThat(reply.header("access-control-allow-origin")).isEmpty();
        }
        var cors = Cors.matching(Pattern.compile("https://.*\\.example")).withCredentials();
        try (var wire = Wire.to(servers.start(builder -> builder.cors(cors)))) {
            var reply = wire.get(target, "Origin: https://app.example");
            assertThat(reply.header("access-control-allow-origin")).isEqualTo("https://app.example");
            assertThat(reply.header("access-control-allow-credentials")).isEqualTo("true");
            assertThat(reply.header("vary")).isEqualTo("Origin");
            var other = wire.get(target, "Origin: https://evil.test");
            assertThat(other.header("access-control-allow-origin")).isEmpty();
            assertThat(other.header("vary")).isEqualTo("Origin");
        }
    }

    @Test
    void lesson24_aCacheMayNotReuseAPreflightForOtherHeaders() throws Exception {
        String[] asked = {"Origin: https://app.example", "Access-Control-Request-Headers: x-a"};
        try (var wire = Wire.to(servers.start(builder -> builder.cors(Cors.origins("https://app.example"))))) {
            var reply = wire.request("OPTIONS", "/socket.io/?EIO=4&transport=polling", "", asked)
                    .reply();
            assertThat(reply.header("access-control-allow-headers")).isEqualTo("x-a");
            assertThat(reply.header("vary")).isEqualTo("Origin, Access-Control-Request-Headers");
        }
        try (var wire = Wire.to(servers.start(builder -> builder.cors(Cors.any())))) {
            var reply = wire.request("OPTIONS", "/socket.io/?EIO=4&transport=polling", "", asked)
                    .reply();
            assertThat(reply.header("vary")).isEqualTo("Access-Control-Request-Headers");
        }
    }

    @Test
    void lesson25_aNamespaceIsNamedWithASlash() {
        var server = servers.build(builder -> builder);
        assertThatThrownBy(() -> server.of("admin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("admin");
    }
}
