package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.http.Cors;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lessons about scaling and features, and those without a number; see {@link LessonsIT}. */
@Timeout(30)
class FeatureLessonsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

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

    private record Point(int x, int y) {}

    @Test
    void lesson25_eventsHaveTypesAlsoInDynamicNamespacesBehindMiddleware() throws Exception {
        var server = servers.start();
        server.of(Pattern.compile("/map-\\d+"))
                .use(context ->
                        context.data().put("scale", context.auth(Map.class).get("scale")))
                .onRequest("scaled", Point.class, (socket, point) -> {
                    int scale = (int) socket.data().getOrDefault("scale", 1);
                    return new Point(scale * point.x(), scale * point.y());
                });
        try (var client = WebSocketClient.open(server)) {
            client.send("40/map-7,{\"scale\":3}");
            client.expect("40/map-7,");
            client.send("42/map-7,1[\"scaled\",{\"x\":1,\"y\":2}]");
            assertThat(client.next()).isEqualTo("43/map-7,1[{\"x\":3,\"y\":6}]");
        }
    }

    @Test
    void also_handlersAreNotDoubledWhenAClientComesBack() throws Exception {
        var settings = ConnectionStateRecovery.within(Duration.ofMinutes(1));
        var server = servers.start(builder -> builder.connectionStateRecovery(settings));
        server.onConnection(socket -> socket.on("say", (same, args) -> notes.add(args.get(0, String.class))));
        var guest = Guest.join(server, false);
        for (int i = 0; i < 3; i++) {
            guest.goAway();
            guest = guest.comeBack();
        }
        guest.send("42[\"say\",\"once\"]");
        guest.send("42[\"say\",\"end\"]");
        assertThat(notes.next(2)).containsExactly("once", "end");
        guest.close();
    }

    @Test
    void also_handlersThatActOnEachOthersSocketsEndWithoutADeadlock() throws Exception {
        var server = servers.start(builder -> builder.loops(4));
        var running = new AtomicInteger();
        server.on("go", (socket, args) -> {
            running.incrementAndGet();
            notes.add("began");
            server.in("red").socketsJoin("blue");
            var found = server.fetchSockets().get(10, TimeUnit.SECONDS);
            socket.broadcast().emit("hello", found.sockets().size());
            server.in("blue").socketsLeave("red");
            args.ack();
            server.except(socket.id()).disconnectSockets(true);
            running.decrementAndGet();
        });
        var clients = new ArrayList<WebSocketClient>();
        for (int i = 0; i < 8; i++) {
            clients.add(WebSocketClient.join(server));
        }
        var sent = clients.stream()
                .map(client -> CompletableFuture.runAsync(() -> send(client)))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(sent).get(10, TimeUnit.SECONDS);
        assertThat(notes.next()).isEqualTo("began");
        for (var client : clients) {
            client.close();
        }
        server.stop(Duration.ofSeconds(10));
        assertThat(running).hasValue(0);
    }

    private static void send(WebSocketClient client) {
        try {
            client.send("421[\"go\"]");
        } catch (java.io.IOException disconnected) {
            assertThat(disconnected).isNotNull(); // By one that was quicker.
        }
    }

    @Test
    void also_primitiveArraysAreArraysInsideJsonToo() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            server.emit("a", new int[] {1, 2}, Map.of("in", new double[] {0.5}), List.of(new boolean[] {true}));
            assertThat(client.next()).isEqualTo("42[\"a\",[1,2],{\"in\":[0.5]},[[true]]]");
            server.emit("b", Map.of("bytes", ByteBuffer.wrap(new byte[] {7})));
            client.expect("451-[\"b\",{\"bytes\":{\"_placeholder\":true,\"num\":0}}]");
            assertThat(client.next()).isEqualTo("binary 07");
        }
    }

    @Test
    void also_textThatLooksLikeJsonStaysText() throws Exception {
        var server = servers.start();
        server.on("echo", (socket, args) -> args.ack(args.get(0, String.class)));
        String text = "\"{\\\"a\\\":[1]}\"";
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"echo\"," + text + "]");
            assertThat(client.next()).isEqualTo("431[" + text + "]");
            var answer = server.localSockets().get(10, TimeUnit.SECONDS).get(0).request("ask", Object.class);
            client.expect("420[\"ask\"]");
            client.send("430[" + text + "]");
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("{\"a\":[1]}");
        }
    }
}
