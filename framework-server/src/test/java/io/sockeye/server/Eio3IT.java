package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.Cors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of Socket.IO 2 on the wire; those themselves are in the Node checks. */
@Timeout(30)
class Eio3IT {
    private static final String POLLING = "/socket.io/?EIO=3&transport=polling";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    private SocketServer start() {
        var server = servers.start(builder -> builder.allowEIO3(true));
        server.onConnection(
                socket -> notes.add(socket.id() + " " + socket.handshake().protocol()));
        return server;
    }

    @ParameterizedTest
    @CsvSource({"EIO=3", "EIO=2", "EIO=", "x=1"})
    void byDefaultTheyAreRefused(String version) throws Exception {
        var server = servers.start();
        try (var wire = Wire.to(server)) {
            var reply = wire.get("/socket.io/?transport=polling&" + version);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
            var upgrade = wire.get("/socket.io/?transport=websocket&" + version, upgradeHeaders());
            assertThat(upgrade.status()).isEqualTo(400);
            assertThat(upgrade.body()).isEqualTo("Unsupported protocol version");
        }
    }

    private static String[] upgradeHeaders() {
        return new String[] {
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        };
    }

    /** Such a session joins the main namespace without another word, so that its page need not read the answer. */
    @Test
    void pagesOfOtherOriginsOpenNoSession() throws Exception {
        var server = start();
        try (var wire = Wire.to(server)) {
            var reply = wire.get(POLLING, "Origin: https://evil.example");
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
            assertThat(wire.get(POLLING, "Origin: http://localhost").status()).isEqualTo(200);
            assertThat(wire.get(POLLING).status()).isEqualTo(200);
            assertThat(wire.get("/socket.io/?EIO=4&transport=polling", "Origin: https://evil.example")
                            .status())
                    .isEqualTo(200);
            assertThat(notes.next(2)).hasSize(2);
        }
        server.close();
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void theyJoinTheMainNamespaceUnasked() throws Exception {
        var server = start();
        try (var wire = Wire.to(server)) {
            var opened = wire.get(POLLING);
            String sid = PollingClient.sidIn(opened.body());
            assertThat(opened.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
            assertThat(opened.body())
                    .isEqualTo("124:0{\"sid\":\"" + sid + "\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                            + "\"pingTimeout\":20000,\"maxPayload\":1000000}2:40");
            assertThat(notes.next()).isEqualTo(sid + " 3");
        }
    }

    @Test
    void latestClientsAreServedAsEver() throws Exception {
        var server = start();
        try (var client = PollingClient.open(server)) {
            client.send("40");
            String id = PollingClient.sidIn(client.expect("40{"));
            assertThat(id).isNotEqualTo(client.sid());
            assertThat(notes.next()).isEqualTo(id + " 4");
        }
    }

    @Test
    void aNamespaceMayHaveAQuery() throws Exception {
        var server = start();
        server.of("/admin").use(context -> {
            if (!context.handshake().query("token").equals(context.handshake().query("want"))) {
                throw new ConnectionRefused("not you", Map.of("code", 1));
            }
        });
        server.of("/closed").use(context -> {
            throw new ConnectionRefused("never");
        });
        try (var client = new Old(server, POLLING + "&want=yes")) {
            client.expect("40");
            client.send("40/admin,");
            client.expect("44/admin,{\"code\":1}");
            client.send("40/admin?token=no&x=1,");
            client.expect("44/admin,{\"code\":1}");
            client.send("40/admin?token=yes,");
            client.expect("40/admin,");
            client.send("40/closed,");
            client.expect("44/closed,\"never\"");
            client.send("40/unknown,");
            client.expect("44/unknown,{\"message\":\"Invalid namespace\"}");
            assertThat(notes.next()).isEqualTo(client.sid + " 3");
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void middlewareMayRefuseTheMainNamespace() throws Exception {
        var server = start();
        server.use(context -> {
            throw new ConnectionRefused("closed today");
        });
        try (var client = new Old(server, POLLING)) {
            client.expect("44\"closed today\"");
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void oneBroadcastGoesToBothRevisions() throws Exception {
        var server = start();
        try (var latest = WebSocketClient.join(server);
                var bytes = WebSocketClient.openRevision3(server, "");
                var base64 = WebSocketClient.openRevision3(server, "&b64=1")) {
            server.emit("news", new byte[] {1, 2});
            for (var client : List.of(latest, bytes, base64)) {
                client.expect("451-[\"news\",{\"_placeholder\":true,\"num\":0}]");
            }
            assertThat(latest.next()).isEqualTo("binary 0102");
            assertThat(bytes.next()).isEqualTo("binary 040102");
            assertThat(base64.next()).isEqualTo("b4AQI=");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1, 200", "true, x1y, 200", "true, '', 400", "true, abc, 400", "false, 1, 400"})
    void jsonpNeedsLeaveAndADigit(boolean allowed, String callback, int status) throws Exception {
        var server = servers.start(builder -> builder.jsonp(allowed));
        try (var wire = Wire.to(server)) {
            var reply = wire.get("/socket.io/?EIO=4&transport=polling&j=" + callback);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body()).startsWith(status == 200 ? "___eio[1](\"0{" : "{\"code\":3,");
        }
    }

    @Test
    void scriptsAreNothingElseAndTellNoOtherPage() throws Exception {
        var cors = Cors.origins("http://app.example").withCredentials();
        var server =
                servers.start(builder -> builder.jsonp(true).allowEIO3(true).cors(cors));
        try (var wire = Wire.to(server)) {
            var reply = wire.get(POLLING + "&j=0", "Origin: http://app.example");
            assertThat(reply.header("content-type")).isEqualTo("text/javascript; charset=UTF-8");
            assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(reply.header("access-control-allow-credentials")).isEmpty();
            assertThat(reply.body()).startsWith("___eio[0](\"124:0{").endsWith("2:40\");");
            assertThat(wire.get(POLLING, "Origin: http://app.example").header("access-control-allow-credentials"))
                    .isEqualTo("true");
        }
    }

    @Test
    void aFormLongerThanAllowedIsRefused() throws Exception {
        var server = servers.start(builder -> builder.jsonp(true).maxPayload(1_000));
        try (var wire = Wire.to(server)) {
            String target = "/socket.io/?EIO=4&transport=polling&j=0";
            String sid = PollingClient.sidIn(wire.get(target).body().replace("\\", ""));
            assertThat(wire.post(target + "&sid=" + sid, "d=" + "%20".repeat(333) + "x")
                            .status())
                    .isEqualTo(413);
            assertThat(wire.post(target + "&sid=" + sid, "d=40").body()).isEqualTo("ok");
        }
    }

    /** A session of revision 3 that polls. */
    private static final class Old implements AutoCloseable {
        private final Wire wire;
        private final String target;
        private final String sid;
        /** What was polled and not looked at yet; all of it is ASCII here. */
        private String payload;

        Old(SocketServer server, String target) throws IOException {
            wire = Wire.to(server);
            payload = wire.get(target).body();
            sid = PollingClient.sidIn(next());
            this.target = target + "&sid=" + sid;
        }

        void send(String packet) throws IOException {
            assertThat(wire.post(target, packet.length() + ":" + packet).body()).isEqualTo("ok");
        }

        void expect(String packet) throws IOException {
            if (payload.isEmpty()) {
                payload = wire.get(target).body();
            }
            assertThat(next()).isEqualTo(packet);
        }

        private String next() {
            int start = payload.indexOf(':') + 1;
            int end = start + Integer.parseInt(payload.substring(0, start - 1));
            String packet = payload.substring(start, end);
            payload = payload.substring(end);
            return packet;
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }
}
