package io.sockeye.server;

import static io.sockeye.server.WebSocketClient.BINARY;
import static io.sockeye.server.WebSocketClient.CONTINUATION;
import static io.sockeye.server.WebSocketClient.FIN;
import static io.sockeye.server.WebSocketClient.PING;
import static io.sockeye.server.WebSocketClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.PerMessageDeflate;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed WebSocket messages, RFC 7692. */
@Timeout(30)
class PerMessageDeflateIT {
    private static final int RSV1 = 0x40;
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        start(PerMessageDeflate.DEFAULT);
    }

    private void start(PerMessageDeflate settings) {
        server = servers.start(builder -> builder.loops(1).maxPayload(100_000).perMessageDeflate(settings));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
    }

    private WebSocketClient join() throws Exception {
        var wire = Wire.to(server);
        var reply = WebSocketClient.request(wire, "", OFFER).reply();
        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.header("sec-websocket-extensions")).startsWith("permessage-deflate");
        var client = WebSocketClient.over(wire);
        client.expect("0{");
        client.join("");
        return client;
    }

    @Test
    void isAgreedOnIfTheClientOffersIt() throws Exception {
        try (var wire = Wire.to(server);
                var without = Wire.to(server)) {
            assertThat(WebSocketClient.request(wire, "", OFFER).reply().header("sec-websocket-extensions"))
                    .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
            assertThat(WebSocketClient.request(without, "").reply().header("sec-websocket-extensions"))
                    .isEmpty();
        }
    }

    @Test
    void longMessagesAreCompressedBothWays() throws Exception {
        try (var client = join()) {
            for (int i = 0; i < 3; i++) {
                client.frame(FIN | RSV1 | TEXT, deflate("421[\"echo\",\"" + "ü".repeat(2000) + "\"]"));
                var answer = client.nextFrame();
                assertThat(answer.first()).isEqualTo(FIN | RSV1 | TEXT);
                assertThat(answer.payload().length()).isLessThan(100);
                assertThat(inflate(answer)).isEqualTo("431[\"" + "ü".repeat(2000) + "\"]");
            }
            client.send("421[\"echo\",\"short and plain\"]");
            assertThat(client.next()).isEqualTo("431[\"short and plain\"]");
        }
    }

    @Test
    void aMessageInFragmentsIsCompressedAsAWhole() throws Exception {
        try (var client = join()) {
            var message = deflate("421[\"echo\",\"" + "x".repeat(300) + "\"]");
            client.frame(RSV1 | TEXT, Arrays.copyOf(message, 7));
            client.frame(FIN | PING, new byte[0]);
            client.frame(CONTINUATION, Arrays.copyOfRange(message, 7, 9));
            client.frame(FIN | CONTINUATION, Arrays.copyOfRange(message, 9, message.length));
            assertThat(client.next()).isEqualTo("pong ");
            assertThat(client.next()).isEqualTo("431[\"" + "x".repeat(300) + "\"]");
        }
    }

    @Test
    void aBroadcastReachesThoseWithAndThoseWithoutIt() throws Exception {
        try (var first = join();
                var plain = WebSocketClient.join(server);
                var second = join();
                var polling = PollingClient.join(server)) {
            var event = "42[\"news\",\"" + "x".repeat(2000) + "\"]";
            server.emit("news", "x".repeat(2000));
            assertThat(inflate(first.nextFrame())).isEqualTo(event);
            assertThat(inflate(second.nextFrame())).isEqualTo(event);
            assertThat(plain.next()).isEqualTo(event);
            assertThat(polling.next()).isEqualTo(event);
        }
    }

    @Test
    void messagesMayBuildOnEachOther() throws Exception {
        start(PerMessageDeflate.DEFAULT.contextTakeover(true, true).threshold(0));
        var deflater = new Deflater(9, true);
        var inflater = new Inflater(true);
        try (var client = joinWithContext(inflater)) {
            var message = "421[\"echo\",\"a text without much repetition: 0123456789\"]";
            int length = Integer.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                client.frame(FIN | RSV1 | TEXT, deflate(deflater, message));
                var answer = client.nextFrame();
                assertThat(answer.payload().length()).isLessThan(length);
                length = answer.payload().length() + 1;
                assertThat(inflate(inflater, answer)).isEqualTo("431[\"a text without much repetition: 0123456789\"]");
            }
            assertThat(length).isLessThan(20);
        } finally {
            deflater.end();
            inflater.end();
        }
    }

    private WebSocketClient joinWithContext(Inflater inflater) throws Exception {
        var wire = Wire.to(server);
        assertThat(WebSocketClient.request(wire, "", OFFER).reply().header("sec-websocket-extensions"))
                .isEqualTo("permessage-deflate");
        var client = WebSocketClient.over(wire);
        assertThat(inflate(inflater, client.nextFrame())).startsWith("0{");
        client.send("40");
        assertThat(inflate(inflater, client.nextFrame())).startsWith("40{");
        return client;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cve2020_11612_aDeflateBombIsCutOff(boolean contextTakeover) throws Exception {
        start(PerMessageDeflate.DEFAULT.contextTakeover(false, contextTakeover));
        try (var client = join()) {
            client.frame(FIN | RSV1 | TEXT, deflate("421[\"echo\",\"" + "x".repeat(100_000 - 14) + "\"]"));
            assertThat(inflate(client.nextFrame())).hasSize(100_000 - 7);
            var bomb = deflate("4" + "x".repeat(50_000_000));
            assertThat(bomb).hasSizeLessThan(100_000);
            client.frame(FIN | RSV1 | TEXT, bomb);
            assertThat(client.next()).isEqualTo("close 1009");
            assertThat(client.wire().ends()).isTrue();
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a1, 34, 1002, the second reserved bit",
        "d1, 34, 1002, the third with the first",
        "c9, 34, 1002, a compressed ping",
        "c1, ffffff, 1007, what is not deflated",
        "c1, 0203, 1007, UTF-8 that is none after all",
        "c0, 34, 1002, a compressed continuation"
    })
    void aFrameAgainstTheRulesEndsTheSession(String first, String payload, int code, String what) throws Exception {
        try (var client = join()) {
            var bytes = HexFormat.of().parseHex(payload);
            boolean text = payload.equals("0203");
            client.frame(Integer.parseInt(first, 16), text ? deflate(new byte[] {'4', (byte) 0xff}) : bytes);
            assertThat(client.next()).as(what).isEqualTo("close " + code);
            assertThat(client.wire().ends()).isTrue();
            assertThat(notes.next()).as(what).isEqualTo("transport error");
        }
    }

    @Test
    void aCompressedContinuationEndsTheSession() throws Exception {
        try (var client = join()) {
            client.frame(BINARY, new byte[] {1});
            client.frame(FIN | RSV1 | CONTINUATION, new byte[] {1});
            assertThat(client.next()).isEqualTo("close 1002");
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    private static byte[] deflate(String text) throws Exception {
        return deflate(text.getBytes(UTF_8));
    }

    private static byte[] deflate(byte[] bytes) throws Exception {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(9, true);
        try (var stream = new DeflaterOutputStream(out, deflater, 512, true)) {
            stream.write(bytes);
            stream.flush();
            return Arrays.copyOf(out.toByteArray(), out.size() - 4);
        } finally {
            deflater.end();
        }
    }

    private static byte[] deflate(Deflater deflater, String text) {
        var out = new byte[10_000];
        deflater.setInput(text.getBytes(UTF_8));
        return Arrays.copyOf(out, deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - 4);
    }

    private static String inflate(WebSocketClient.Frame frame) throws DataFormatException {
        var inflater = new Inflater(true);
        try {
            return inflate(inflater, frame);
        } finally {
            inflater.end();
        }
    }

    private static String inflate(Inflater inflater, WebSocketClient.Frame frame) throws DataFormatException {
        assertThat(frame.first()).isEqualTo(FIN | RSV1 | TEXT);
        var payload = frame.payload().toByteArray();
        var deflated = Arrays.copyOf(payload, payload.length + 4);
        deflated[payload.length + 2] = (byte) 0xff;
        deflated[payload.length + 3] = (byte) 0xff;
        var out = new byte[1_000_000];
        inflater.setInput(deflated);
        return new String(out, 0, inflater.inflate(out), UTF_8);
    }
}
