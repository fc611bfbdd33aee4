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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send frames without waiting for the answer to their handshake. */
@Timeout(60)
class EarlyFramesIT {
    private static final byte[] JOIN_AND_ECHO = frames("40", "421[\"echo\",\"ü\"]");

    @TempDir
    private static Path folder = Path.of("");

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final CompletableFuture<Void> decision = new CompletableFuture<>();

    private SocketServer start() {
        var server = servers.start(builder -> builder.loops(4).perMessageDeflate(PerMessageDeflate.DEFAULT));
        return withEcho(server);
    }

    private static SocketServer withEcho(SocketServer server) {
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        return server;
    }

    private static byte[] handshake(String query, String... headers) {
        var head = new StringBuilder("GET /socket.io/?EIO=4&transport=websocket" + query + " HTTP/1.1\r\nHost: a\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(UTF_8);
    }

    private static byte[] frames(String... texts) {
        var frames = new byte[0];
        for (var text : texts) {
            frames = join(frames, WebSocketClient.encode(FIN | TEXT, text.getBytes(UTF_8), true));
        }
        return frames;
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static void expectEcho(Wire wire) throws Exception {
        assertThat(wire.reply().status()).isEqualTo(101);
        var client = WebSocketClient.over(wire);
        client.expect("0{");
        client.expect("40{");
        assertThat(client.next()).isEqualTo("431[\"ü\"]");
    }

    @Test
    void framesInTheSegmentOfTheHandshakeCount() throws Exception {
        try (var wire = Wire.to(start())) {
            expectEcho(wire.send(join(handshake(""), JOIN_AND_ECHO)));
        }
    }

    /** Each length of the segment that holds the end of the head leaves another part of a frame to the next one. */
    @Test
    void theSegmentMayEndAnywhere() throws Exception {
        var server = start();
        int head = handshake("").length;
        var all = join(handshake(""), JOIN_AND_ECHO);
        for (int end = head - 1; end < all.length; end++) {
            try (var wire = Wire.to(server)) {
                wire.send(Arrays.copyOf(all, end));
                wire.send(Arrays.copyOfRange(all, end, all.length));
                expectEcho(wire);
            }
        }
    }

    /** As long as a decision is awaited, the connection is not read further than one read goes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 200_000})
    void framesWaitForAllowRequest(int pad) throws Exception {
        var asked = new CompletableFuture<Void>();
        var server = withEcho(servers.start(builder -> builder.allowRequestAsync(request -> {
            asked.complete(null);
            return decision;
        })));
        try (var wire = Wire.to(server)) {
            wire.send(handshake(""));
            asked.get(10, TimeUnit.SECONDS);
            wire.send(frames("40"));
            var sender =
                    CompletableFuture.runAsync(() -> send(wire, frames("421[\"echo\",\"ü" + "x".repeat(pad) + "\"]")));
            decision.complete(null);
            assertThat(wire.reply().status()).isEqualTo(101);
            var client = WebSocketClient.over(wire);
            client.expect("0{");
            client.expect("40{");
            assertThat(client.next()).isEqualTo("431[\"ü" + "x".repeat(pad) + "\"]");
            sender.get(10, TimeUnit.SECONDS);
        }
    }

    private static void send(Wire wire, byte[] bytes) {
        try {
            wire.send(bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void framesOfTheSameSegmentWaitForAllowRequestToo() throws Exception {
        var server = withEcho(servers.start(builder -> builder.allowRequestAsync(request -> decision)));
        try (var wire = Wire.to(server);
                var other = Wire.to(server)) {
            wire.send(join(handshake(""), JOIN_AND_ECHO));
            // The answer shows that the server has read on meanwhile, on one loop or on the other.
            assertThat(other.get("/socket.io/?EIO=4&transport=nonsense").status())
                    .isEqualTo(400);
            decision.complete(null);
            expectEcho(wire);
        }
    }

    /** What follows a refused request is neither a request nor a frame. */
    @Test
    void framesOfARefusedRequestAreForgotten() throws Exception {
        var server = withEcho(servers.start(builder -> builder.allowRequestAsync(request -> decision)));
        try (var wire = Wire.to(server)) {
            wire.send(join(handshake(""), "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8)));
            decision.completeExceptionally(new IllegalStateException("no"));
            assertThat(wire.reply().status()).isEqualTo(400);
            assertThat(wire.ends()).isTrue();
        }
    }

    /** With several loops, some of the connections must move to that of their session. */
    @Test
    void framesOfAnUpgradeMoveAlong() throws Exception {
        var server = start();
        for (int i = 0; i < 8; i++) {
            try (var polling = PollingClient.join(server);
                    var wire = Wire.to(server)) {
                wire.send(join(
                        handshake("&sid=" + polling.sid()),
                        frames("2probe", "5", "421[\"echo\",1]", "422[\"echo\",2]")));
                assertThat(wire.reply().status()).isEqualTo(101);
                var client = WebSocketClient.over(wire);
                client.expect("3probe");
                assertThat(client.next()).isEqualTo("431[1]");
                assertThat(client.next()).isEqualTo("432[2]");
            }
        }
    }

    @Test
    void theRequestMayFollowOthersWithoutWaiting() throws Exception {
        var get = "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8);
        try (var wire = Wire.to(start())) {
            wire.send(join(get, get, handshake(""), JOIN_AND_ECHO));
            assertThat(wire.reply().status()).isEqualTo(404);
            assertThat(wire.reply().status()).isEqualTo(404);
            expectEcho(wire);
        }
    }

    /** A request that asks for a WebSocket where there is none is answered like any other, and so is what follows it. */
    @ParameterizedTest
    @CsvSource({"/nothing, 404", "/socket.io/nothing.js?transport=x, 400"})
    void requestsFollowOneThatWasAnsweredInHttp(String target, int status) throws Exception {
        var upgrade = "GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        var plain = "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
        try (var wire = Wire.to(start())) {
            wire.send(status == 404 ? upgrade + plain + upgrade + plain : upgrade);
            assertThat(wire.reply().status()).isEqualTo(status);
            if (status == 404) {
                for (int i = 0; i < 3; i++) {
                    assertThat(wire.reply().status()).isEqualTo(404);
                }
                assertThat(wire.get("/nothing").status()).isEqualTo(404);
            }
        }
    }

    @Test
    void framesMayBeCompressed() throws Exception {
        var deflated = HexFormat.of().parseHex("32310000"); // "40", with fixed codes
        try (var wire = Wire.to(start())) {
            var join = WebSocketClient.encode(FIN | 0x40 | TEXT, deflated, true);
            wire.send(join(
                    handshake("", "Sec-WebSocket-Extensions: permessage-deflate"),
                    join,
                    frames("421[\"echo\",\"ü\"]")));
            expectEcho(wire);
        }
    }

    @Test
    void framesMayBeEncrypted() throws Exception {
        var key = SelfSigned.in(folder);
        var tls = Tls.pem(key.certificate(), key.key());
        var server = withEcho(servers.start(builder -> builder.tls(tls).allowRequestAsync(request -> decision)));
        var socket = (SSLSocket) key.client().getSocketFactory().createSocket("127.0.0.1", server.port());
        try (var wire = Wire.over(socket)) {
            wire.send(join(handshake(""), JOIN_AND_ECHO));
            decision.complete(null);
            expectEcho(wire);
        }
    }

    /** What is held was decrypted already: nothing that TLS waits for brings it on its way. */
    @Test
    void requestsFollowOneThatWasAnsweredInHttpOverTls(@TempDir Path keys) throws Exception {
        var upgrade = "GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        var plain = "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
        var key = SelfSigned.in(keys);
        var tls = Tls.pem(key.certificate(), key.key());
        var server = servers.start(builder -> builder.tls(tls));
        var socket = key.client().getSocketFactory().createSocket("127.0.0.1", server.port());
        try (var wire = Wire.over(socket)) {
            wire.send(upgrade + plain + upgrade + plain);
            for (int i = 0; i < 4; i++) {
                assertThat(wire.reply().status()).isEqualTo(404);
            }
            assertThat(wire.get("/nothing").status()).isEqualTo(404);
        }
    }

    @Test
    void fragmentsAndPingsMayBeAmongThem() throws Exception {
        var parts = new ArrayList<byte[]>();
        parts.add(handshake(""));
        parts.add(frames("40", "451-1[\"echo\",{\"_placeholder\":true,\"num\":0}]"));
        parts.add(WebSocketClient.encode(BINARY, new byte[] {1}, true));
        parts.add(WebSocketClient.encode(FIN | PING, new byte[] {'p'}, true));
        parts.add(WebSocketClient.encode(FIN | CONTINUATION, new byte[] {2}, true));
        try (var wire = Wire.to(start())) {
            wire.send(join(parts.toArray(byte[][]::new)));
            assertThat(wire.reply().status()).isEqualTo(101);
            var client = WebSocketClient.over(wire);
            client.expect("0{");
            var rest = new ArrayList<String>();
            for (int i = 0; i < 4; i++) {
                rest.add(client.next());
            }
            assertThat(rest).contains("pong p", "461-1[{\"_placeholder\":true,\"num\":0}]", "binary 0102");
        }
    }

    /** The bytes would be taken for frames. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5", "Transfer-Encoding: chunked"})
    void aBodyIsRefused(String header) throws Exception {
        try (var wire = Wire.to(start())) {
            wire.send(join(handshake("", header), "0\r\n\r\n".getBytes(UTF_8)));
            assertThat(wire.reply().status()).isEqualTo(400);
            assertThat(wire.ends()).isTrue();
        }
    }
}
