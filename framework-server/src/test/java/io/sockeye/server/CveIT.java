package io.sockeye.server;

import static io.sockeye.server.WebSocketClient.BINARY;
import static io.sockeye.server.WebSocketClient.FIN;
import static io.sockeye.server.WebSocketClient.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Known attacks on servers of this kind, each by the number under which it became known. The decoders have their own:
 * {@code EngineCveTest}, {@code SocketDecoderCveTest}, and so has WebSocket: {@link WebSocketCveIT}; for {@code CVE-2025-61765} see {@code ArchitectureTest}. Not a
 * server's: {@code CVE-2016-10536}, {@code CVE-2021-0341} (whom a client trusts), {@code CVE-2023-3635} (what it inflates).
 */
@Timeout(30)
class CveIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start();
        server.on("echo", (socket, args) -> args.ack(args.values().toArray()));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
    }

    @Test
    void cve2017_16031_idsCannotBeGuessed() throws Exception {
        var ids = new HashSet<String>();
        for (int i = 0; i < 50; i++) {
            try (var client = WebSocketClient.upgrade(Wire.to(server), "")) {
                String sid = PollingClient.sidIn(client.next());
                String id = client.join("");
                assertThat(sid).hasSizeGreaterThanOrEqualTo(20);
                assertThat(id).hasSizeGreaterThanOrEqualTo(20).doesNotContain(sid.substring(2));
                assertThat(ids.add(sid.substring(2, 10)) && ids.add(id.substring(0, 8)))
                        .isTrue();
            }
        }
    }

    @Test
    void cve2020_28481_noForeignPageMayConnect() throws Exception {
        try (var wire = Wire.to(server);
                var same = Wire.to(server)) {
            var reply = WebSocketClient.request(wire, "", "Origin: https://evil.example")
                    .reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("Forbidden");
            assertThat(wire.ends()).isTrue();
            assertThat(WebSocketClient.request(same, "", "Origin: http://localhost")
                            .reply()
                            .status())
                    .isEqualTo(101);
        }
    }

    @Test
    void cve2019_13611_aForeignPageMayNotGoOnWithASession() throws Exception {
        try (var client = PollingClient.join(server);
                var wire = Wire.to(server)) {
            var reply = WebSocketClient.request(
                            wire, "&sid=" + client.sid(), "Origin: https://evil.example", "Cookie: user=ann")
                    .reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("Forbidden");
            client.send("421[\"echo\",1]");
            client.expect("431[1]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "connection", "message", "__proto__", "constructor", "end", "newNamespace"})
    void cve2024_38355_anEventOfAnyNameIsHarmless(String event) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"" + event + "\",{\"message\":\"boom\"}]");
            lives(client);
        }
    }

    @Test
    void cve2024_38355_aReservedEventIsRefused() throws Exception {
        for (var event : List.of("connect", "disconnect", "disconnecting", "connect_error", "newListener")) {
            try (var client = WebSocketClient.join(server)) {
                client.send("42[\"" + event + "\"]");
                assertThat(client.next()).startsWith("close");
                assertThat(notes.next()).isEqualTo("parse error");
            }
        }
    }

    @Test
    void cve2020_36048_aPayloadOfTinyPacketsIsCapped() throws Exception {
        try (var client = PollingClient.join(server)) {
            assertThat(client.post("6" + "\u001e6".repeat(124_999)).body()).isEqualTo("ok");
            assertThat(client.post("6" + "\u001e6".repeat(125_000)).status()).isEqualTo(400);
            assertThat(notes.next()).isEqualTo("parse error");
        }
    }

    @Test
    void cve2022_21676_aBadFrameRightAfterTheHandshakeIsHarmless() throws Exception {
        try (var client = WebSocketClient.upgrade(Wire.to(server), "")) {
            client.frame(FIN | 0x70 | TEXT, new byte[] {1});
            assertThat(client.wire().ends()).isTrue();
        }
        serves();
    }

    @Test
    void cve2022_41940_aResetDuringTheUpgradeIsHarmless() throws Exception {
        for (int i = 0; i < 50; i++) {
            WebSocketClient.request(Wire.to(server), i % 2 == 0 ? "" : "&sid=unknown")
                    .reset();
            var half = Wire.to(server);
            half.send("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgra")
                    .reset();
        }
        serves();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "toString",
                "__proto__",
                "constructor",
                "hasOwnProperty",
                "POLLING",
                "webtransport",
                "polling%00",
                " polling"
            })
    void cve2023_31125_onlyExactNamesAreTransports(String name) throws Exception {
        try (var wire = Wire.to(server)) {
            var reply = wire.get("/socket.io/?EIO=4&transport=" + name.replace(" ", "%20"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
        }
        serves();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1", "0.5", "1e0", "\"0\"", "null", "99999999999999999999", "[0]"})
    void cve2022_2421_aPlaceholderNamesAnAttachment(String number) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("451-1[\"echo\",{\"_placeholder\":true,\"num\":" + number + "}]");
            client.frame(FIN | BINARY, new byte[] {1});
            assertThat(client.next()).startsWith("close");
            assertThat(notes.next()).isEqualTo("parse error");
        }
        serves();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"toString\":1}", "null", "[]", "true", "[\"echo\"]"})
    void cve2023_32695_theNameOfAnEventIsText(String name) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("421[" + name + "]");
            assertThat(client.next()).startsWith("close");
            assertThat(notes.next()).isEqualTo("parse error");
        }
        serves();
    }

    @Test
    void cve2026_33151_attachmentsAreLimited() throws Exception {
        for (var count : List.of("11", "99999999999999999999", "-1", "1e1")) {
            try (var client = WebSocketClient.join(server)) {
                client.send("45" + count + "-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
                assertThat(client.next()).as(count).startsWith("close");
                assertThat(notes.next()).as(count).isEqualTo("parse error");
            }
        }
    }

    @Test
    void cve2026_48802_pongsCostNoThreads() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            lives(client);
            int before = Thread.activeCount();
            for (int i = 0; i < 1_000; i++) {
                client.send("3");
            }
            lives(client);
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 4);
        }
    }

    @Test
    void cve2022_45688_nestingIsLimited() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"echo\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]");
            assertThat(client.next()).startsWith("close");
            assertThat(notes.next()).isEqualTo("parse error");
        }
        serves();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":", "[{", "{[", "\\u0000", "\\"})
    void cve2023_5072_whatIsNoJsonTakesNoMemory(String part) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"echo\"," + part.repeat(100_000));
            assertThat(client.next()).startsWith("close");
            assertThat(notes.next()).isEqualTo("parse error");
        }
        serves();
    }

    private void serves() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            lives(client);
        }
    }

    private static void lives(WebSocketClient client) throws Exception {
        client.send("4299[\"echo\",\"alive\"]");
        assertThat(client.next()).isEqualTo("4399[\"alive\"]");
    }
}
