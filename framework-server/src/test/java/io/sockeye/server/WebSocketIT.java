package io.sockeye.server;

import static io.sockeye.server.WebSocketClient.BINARY;
import static io.sockeye.server.WebSocketClient.CLOSE;
import static io.sockeye.server.WebSocketClient.CONTINUATION;
import static io.sockeye.server.WebSocketClient.FIN;
import static io.sockeye.server.WebSocketClient.PING;
import static io.sockeye.server.WebSocketClient.PONG;
import static io.sockeye.server.WebSocketClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 as far as Engine.IO needs it. */
@Timeout(30)
class WebSocketIT {
    private static final int RSV1 = 0x40;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.maxPayload(100_000));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
    }

    @Test
    void theHandshakeOffersNoUpgrade() throws Exception {
        try (var wire = Wire.to(server)) {
            var reply = WebSocketClient.request(wire, "", "Sec-WebSocket-Extensions: permessage-deflate")
                    .reply();
            assertThat(reply.status()).isEqualTo(101);
            // The example of RFC 6455, 1.3.
            assertThat(reply.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(reply.header("sec-websocket-extensions")).isEmpty();
            assertThat(wire.readByte()).isEqualTo(FIN | TEXT);
            assertThat(new String(wire.read(wire.readByte()), UTF_8))
                    .matches("0\\{\"sid\":\"[^\"]{26}\",\"upgrades\":\\[],.*\"maxPayload\":100000}");
        }
    }

    /** Browsers and the library "ws" end the connection if the server takes none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"chat", "chat, v2.chat", "chat\t ,v2"})
    void theFirstSubprotocolIsTaken(String offered) throws Exception {
        try (var wire = Wire.to(server)) {
            var reply = WebSocketClient.request(wire, "", "Sec-WebSocket-Protocol: " + offered)
                    .reply();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("sec-websocket-protocol")).isEqualTo("chat");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,", "a,,b", "a b", "a,a", "a;b", "\"a\""})
    void subprotocolsThatCannotBeAreRefused(String offered) throws Exception {
        try (var wire = Wire.to(server)) {
            assertThat(WebSocketClient.request(wire, "", "Sec-WebSocket-Protocol: " + offered)
                            .reply()
                            .status())
                    .isEqualTo(400);
            assertThat(wire.ends()).isTrue();
        }
    }

    @Test
    void fragmentsAreOneMessage() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            var message = "421[\"echo\",\"grüße\"]".getBytes(UTF_8);
            client.frame(TEXT, new byte[] {message[0]});
            for (int i = 1; i < message.length; i++) {
                client.frame(FIN | PING, new byte[] {'p'});
                client.frame(CONTINUATION, new byte[] {message[i]});
            }
            client.frame(FIN | CONTINUATION, new byte[0]);
            for (int i = 1; i < message.length; i++) {
                assertThat(client.next()).isEqualTo("pong p");
            }
            assertThat(client.next()).isEqualTo("431[\"grüße\"]");
        }
    }

    @Test
    void binaryFragmentsAreOneAttachment() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("451-1[\"echo\",{\"_placeholder\":true,\"num\":0}]");
            client.frame(BINARY, new byte[] {1, 2});
            client.frame(CONTINUATION, new byte[0]);
            client.frame(FIN | CONTINUATION, new byte[] {(byte) 0xff});
            assertThat(client.next()).isEqualTo("461-1[{\"_placeholder\":true,\"num\":0}]");
            assertThat(client.next()).isEqualTo("binary 0102ff");
        }
    }

    @Test
    void aPingIsAnsweredWithItsContentAndAPongIgnored() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(FIN | PONG, "nobody asked".getBytes(UTF_8));
            client.frame(FIN | PING, new byte[0]);
            assertThat(client.next()).isEqualTo("pong ");
            client.frame(FIN | PING, "x".repeat(125).getBytes(UTF_8));
            assertThat(client.next()).isEqualTo("pong " + "x".repeat(125));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', close", "03e8, close 1000", "03e962796521, close 1001", "0bb8, close 3000", "1387, close 4999"})
    void aCloseFrameIsEchoed(String payload, String answer) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(FIN | CLOSE, HexFormat.of().parseHex(payload));
            assertThat(client.next()).isEqualTo(answer);
            assertThat(client.wire().ends()).isTrue();
            assertThat(notes.next()).isEqualTo("transport close");
        }
    }

    @Test
    void theServerClosesWithAFrameAndWaitsForTheAnswer() throws Exception {
        server.on("bye", (socket, args) -> socket.closeConnection());
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"bye\"]");
            assertThat(client.next()).startsWith("close");
            assertThat(notes.next()).isEqualTo("forced close");
            client.send("42[\"echo\",1]");
            client.frame(FIN | CLOSE, new byte[0]);
            assertThat(client.wire().ends()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "c1, 34, 1002, a reserved bit",
        "83, 34, 1002, a reserved opcode",
        "8b, 34, 1002, a reserved control opcode",
        "80, 34, 1002, a continuation of nothing",
        "09, 34, 1002, a ping in fragments",
        "81, 34ff, 1007, text that is no UTF-8",
        "81, 34eda080, 1007, a surrogate in UTF-8",
        "88, 03, 1002, half a close code"
    })
    void aFrameAgainstTheRulesEndsTheSession(String first, String payload, int code, String what) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(Integer.parseInt(first, 16), HexFormat.of().parseHex(payload));
            assertThat(client.next()).as(what).isEqualTo("close " + code);
            assertThat(client.wire().ends()).isTrue();
            assertThat(notes.next()).as(what).isEqualTo("transport error");
        }
    }

    @ParameterizedTest
    @CsvSource({"0000", "03e7", "03ed", "03ee", "03f7", "07d0"})
    void aCloseCodeThatIsNeverSentEndsTheSession(String code) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(FIN | CLOSE, HexFormat.of().parseHex(code));
            assertThat(client.wire().ends()).isTrue();
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void anUnmaskedFrameEndsTheSession() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.unmaskedFrame(FIN | TEXT, "421[\"echo\",1]".getBytes(UTF_8));
            assertThat(client.next()).isEqualTo("close 1002");
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void aMessageAmidstFragmentsEndsTheSession() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(TEXT, "421[".getBytes(UTF_8));
            client.send("421[\"echo\",1]");
            assertThat(client.next()).isEqualTo("close 1002");
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void aPingThatIsTooLongEndsTheSession() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(FIN | PING, new byte[126]);
            assertThat(client.next()).isEqualTo("close 1002");
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void aMessageMayBeAsLongAsMaxPayload() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"echo\",\"" + "x".repeat(100_000 - 14) + "\"]");
            assertThat(client.next()).hasSize(100_000 - 14 + 7);
            client.send("421[\"echo\",\"" + "x".repeat(100_000 - 13) + "\"]");
            assertThat(client.next()).isEqualTo("close 1009");
            assertThat(client.wire().ends()).isTrue();
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void fragmentsTogetherMayNotBeLongerEither() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(TEXT, ("4" + "x".repeat(60_000)).getBytes(UTF_8));
            client.frame(FIN | CONTINUATION, "x".repeat(60_000).getBytes(UTF_8));
            assertThat(client.next()).isEqualTo("close 1009");
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @ParameterizedTest
    @CsvSource({"Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8", "Sec-WebSocket-Key, X-Key", "GET, POST"})
    void aRequestThatIsNoHandshakeIsRefused(String right, String wrong) throws Exception {
        String request = """
                GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
                Host: a
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """;
        try (var wire = Wire.to(server)) {
            var reply = wire.send(request.replace(right, wrong).replace("\n", "\r\n"))
                    .reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(wire.ends()).isTrue();
        }
    }

    /** Without {@code cors}: pages of this server. */
    @ParameterizedTest
    @CsvSource({
        "app.example, http://app.example, 101",
        "app.example, https://APP.example, 101",
        "app.example:443, https://app.example, 101",
        "app.example:80, http://app.example, 101",
        "app.example:8080, http://app.example:8080, 101",
        "app.example:443, http://app.example, 400",
        "app.example:80, https://app.example, 400",
        "app.example:8080, http://app.example, 400",
        "app.example, http://app.example:8080, 400",
        "app.example, http://app.example.evil, 400",
        "app.example, null, 400",
    })
    void pagesOfTheSameHostMayConnect(String host, String origin, int status) throws Exception {
        try (var wire = Wire.to(server)) {
            var request = """
                    GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
                    Host: %s
                    Origin: %s
                    Connection: Upgrade
                    Upgrade: websocket
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                    """.formatted(host, origin);
            assertThat(wire.send(request.replace("\n", "\r\n")).reply().status())
                    .isEqualTo(status);
        }
    }

    @Test
    void aReservedBitIsNoExtension() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(FIN | RSV1 | BINARY, new byte[] {1});
            assertThat(client.next()).isEqualTo("close 1002");
        }
    }
}
