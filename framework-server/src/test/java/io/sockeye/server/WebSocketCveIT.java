package io.sockeye.server;

import static io.sockeye.server.WebSocketClient.CONTINUATION;
import static io.sockeye.server.WebSocketClient.FIN;
import static io.sockeye.server.WebSocketClient.PING;
import static io.sockeye.server.WebSocketClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.PerMessageDeflate;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known attacks on servers of WebSockets, each by the number under which it became known; see {@link CveIT}. */
@Timeout(30)
class WebSocketCveIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start();
        server.on("echo", (socket, args) -> args.ack(args.values().toArray()));
    }

    @Test
    void cve2016_10518_aPongRepeatsOnlyWhatThePingHeld() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(FIN | PING, "abc".getBytes(UTF_8));
            assertThat(client.next()).isEqualTo("pong abc");
        }
    }

    @Test
    void cve2016_10542_theLengthOfAMessageIsLimitedBeforeItComes() throws Exception {
        for (byte top : new byte[] {0x7f, 0}) {
            try (var client = WebSocketClient.join(server)) {
                client.wire().send(new byte[] {(byte) (FIN | TEXT), (byte) 0xff, top, 0, 0, 0, (byte) 0xff, 0, 0, 0});
                assertThat(client.next()).isEqualTo("close 1009");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Protocol: b", "Extensions: permessage-deflate", "Key: b"})
    void cve2021_32640_headersAreReadInLinearTime(String begin) throws Exception {
        var deflating = servers.start(builder -> builder.perMessageDeflate(PerMessageDeflate.DEFAULT));
        for (int i = 0; i < 100; i++) {
            try (var wire = Wire.to(deflating)) {
                var header = "Sec-WebSocket-" + begin + " ".repeat(15_000) + "x";
                assertThat(WebSocketClient.request(wire, "", header).reply().status())
                        .isLessThan(500);
            }
        }
    }

    @Test
    void cve2024_37890_headersAreLimited() throws Exception {
        try (var wire = Wire.to(server)) {
            wire.request("GET", "/socket.io/?EIO=4&transport=polling", "", "a: b\r\n".repeat(5_000) + "c: d");
            assertThat(wire.reply().status()).isBetween(400, 499);
        }
        try (var wire = Wire.to(server)) {
            wire.request("GET", "/" + "x".repeat(10_000), "");
            assertThat(wire.reply().status()).isBetween(400, 499);
        }
        serves();
    }

    @Test
    void cve2026_45736_aCloseFrameHoldsNothingButItsReason() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            var reason = new byte[] {0x03, (byte) 0xe9, 'b', 'y', 'e'};
            client.frame(FIN | WebSocketClient.CLOSE, reason);
            assertThat(client.nextFrame().payload()).isEqualTo(Bytes.wrap(reason));
        }
        try (var client = WebSocketClient.join(server)) {
            client.send("nonsense");
            assertThat(client.nextFrame().payload().length()).isZero();
        }
    }

    @Test
    void cve2026_48779_aMessageHasNoThousandsOfFragments() throws Exception {
        try (var client = WebSocketClient.join(server)) {
            client.frame(TEXT, "421[\"echo\",\"".getBytes(UTF_8));
            var batch = new ByteArrayOutputStream();
            for (int i = 0; i < 50_000; i++) {
                batch.writeBytes(
                        WebSocketClient.encode(CONTINUATION, i % 2 == 0 ? new byte[0] : new byte[] {'x'}, true));
            }
            client.wire().send(batch.toByteArray());
            assertThat(client.next()).isEqualTo("close 1008");
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
