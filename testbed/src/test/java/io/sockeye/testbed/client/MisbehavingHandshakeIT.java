package io.sockeye.testbed.client;

import static io.sockeye.client.ConnectFailedException.Reason.CONNECTION_LOST;
import static io.sockeye.client.ConnectFailedException.Reason.HTTP_STATUS;
import static io.sockeye.client.ConnectFailedException.Reason.PROTOCOL;
import static io.sockeye.client.ConnectFailedException.Reason.PROTOCOL_VERSION;
import static io.sockeye.client.ConnectFailedException.Reason.TIMEOUT;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.until;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.server.SocketServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server answers to a handshake, the client tells the reason, and goes on as soon as the server is well. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class MisbehavingHandshakeIT {
    private static final int MAX_BYTES = 100_000;

    private static SocketServer good;

    /** What is answered to the first request, and what the client must make of it. */
    record Case(String name, ScriptedServer.Script script, Reason reason, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() {
        good = GoodServer.start();
    }

    @AfterAll
    static void stop() {
        good.close();
    }

    static Stream<Case> polling() {
        return Stream.of(
                ok("empty body", "", PROTOCOL, "empty packet"),
                ok("half a JSON object", "0{", PROTOCOL, "handshake: "),
                ok("no fields", "0{}", PROTOCOL, "handshake: "),
                ok("no object", "0[]", PROTOCOL, "handshake: ARRAY"),
                ok("no upgrades", "0{\"sid\":\"a\",\"pingInterval\":1,\"pingTimeout\":1}", PROTOCOL, "handshake: "),
                ok("absurd times", handshake("1e300", "1"), PROTOCOL, "handshake: pingInterval"),
                ok("negative times", handshake("25000", "-1"), PROTOCOL, "handshake: pingInterval"),
                ok("words for numbers", handshake("\"soon\"", "1"), PROTOCOL, "handshake: "),
                ok("deep JSON", "0" + "[".repeat(10_000), PROTOCOL, "handshake: "),
                ok("message first", "4hello", PROTOCOL, "packet before the handshake: MESSAGE"),
                ok("binary message first", "bAAAA", PROTOCOL, "packet before the handshake: MESSAGE"),
                ok(
                        "web page",
                        "<html><body>Welcome</body></html>",
                        PROTOCOL,
                        "a page, and no answer of Socket.IO: <html><body>Welcome"),
                ok("separators alone", "\u001e\u001e\u001e", PROTOCOL, "empty packet"),
                ok("no UTF-8", "0{\"sid\":\"\u00ff\"", PROTOCOL, "handshake: "),
                ok("Socket.IO 2", "97:0{\"sid\":\"a\",\"upgrades\":[]}2:40", PROTOCOL_VERSION, "Engine.IO 3"),
                ok("too much", "4".repeat(MAX_BYTES + 1), PROTOCOL, "more than 100000 bytes"),
                answer("no content", "204 No Content", "", HTTP_STATUS, "HTTP 204"),
                answer("error page", "502 Bad Gateway", "<html>\n bad </html>", HTTP_STATUS, "HTTP 502: <html> bad"),
                answer(
                        "other code",
                        "400 Bad",
                        "{\"code\":1,\"message\":\"Session\"}",
                        HTTP_STATUS,
                        "HTTP 400: Session"),
                answer("version", "400 Bad", "{\"code\":5,\"message\":\"No\"}", PROTOCOL_VERSION, "HTTP 400: No"),
                answer("long words", "400 Bad", error("x".repeat(90_000)), HTTP_STATUS, "HTTP 400: xxx"),
                raw(
                        "redirect",
                        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                        HTTP_STATUS,
                        "HTTP 302: redirected to http://127.0.0.1:1/"),
                raw("redirect to nowhere", "HTTP/1.1 307 Hm\r\nContent-Length: 0\r\n\r\n", HTTP_STATUS, "HTTP 307"),
                raw("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", PROTOCOL, "status line"),
                raw("TLS alert", "\u0015\u0003\u0001\u0000\u0002\u0002F", CONNECTION_LOST, ""),
                raw("header without colon", "HTTP/1.1 200 OK\r\nwhat is this\r\n\r\n", PROTOCOL, ""),
                raw("less than promised", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n0{", CONNECTION_LOST, ""),
                raw("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n0{", CONNECTION_LOST, ""),
                raw(
                        "bad chunks",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n0{\r\n",
                        CONNECTION_LOST,
                        "chunk size"),
                raw("status alone", "HTTP/1.1 200 OK\r\n", CONNECTION_LOST, ""),
                raw("nothing", "", CONNECTION_LOST, ""),
                new Case("reset", ScriptedExchange::reset, CONNECTION_LOST, ""),
                new Case("silence", ScriptedExchange::hold, TIMEOUT, "did not answer in time"),
                new Case("a byte at a time", MisbehavingHandshakeIT::drip, TIMEOUT, "did not answer in time"));
    }

    static Stream<Case> webSocket() {
        return Stream.of(
                ok("web page", "<html>", HTTP_STATUS, "HTTP 200"),
                answer("not found", "404 Not Found", "", HTTP_STATUS, "HTTP 404"),
                answer("version", "400 Bad", "{\"code\":5,\"message\":\"No\"}", PROTOCOL_VERSION, "HTTP 400: No"),
                raw(
                        "redirect",
                        "HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                        HTTP_STATUS,
                        "HTTP 302: redirected to ws://127.0.0.1:1/"),
                raw(
                        "wrong accept",
                        "HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: A\r\n\r\n",
                        PROTOCOL,
                        ""),
                raw(
                        "no accept",
                        "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                        PROTOCOL,
                        ""),
                new Case(
                        "unasked extension",
                        exchange -> exchange.raw("HTTP/1.1 101 Switching\r\n"
                                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Extensions: x-zip\r\n"
                                + "Sec-WebSocket-Accept: " + exchange.webSocketAccept() + "\r\n\r\n"),
                        PROTOCOL,
                        ""),
                raw("no HTTP", "220 smtp.example ESMTP\r\n\r\n", PROTOCOL, "status line"),
                raw("nothing", "", CONNECTION_LOST, ""),
                new Case("reset", ScriptedExchange::reset, CONNECTION_LOST, ""),
                new Case("silence", ScriptedExchange::hold, TIMEOUT, ""),
                frames("silence after the opening", ScriptedWebSocket::hold, TIMEOUT, "did not answer in time"),
                frames("bad handshake", socket -> socket.text("0{}"), PROTOCOL, "handshake: "),
                frames("no handshake", socket -> socket.text("6"), PROTOCOL, "packet before the handshake: NOOP"),
                frames("binary", socket -> socket.frame(0x82, (byte) 1), PROTOCOL, "packet before the handshake"),
                frames("empty", socket -> socket.text(""), PROTOCOL, "empty packet"),
                frames(
                        "close",
                        socket -> socket.close(1008, "go away"),
                        CONNECTION_LOST,
                        "closed by the server with 1008: go away"),
                frames("cut", ScriptedWebSocket::reset, CONNECTION_LOST, ""));
    }

    @ParameterizedTest
    @MethodSource
    void polling(Case bad) throws Exception {
        tellsTheReasonAndGoesOn(Way.POLLING, bad);
    }

    @ParameterizedTest
    @MethodSource
    void webSocket(Case bad) throws Exception {
        tellsTheReasonAndGoesOn(Way.WEBSOCKET, bad);
    }

    private static void tellsTheReasonAndGoesOn(Way way, Case bad) throws Exception {
        var builderTimeout = bad.reason() == TIMEOUT ? Duration.ofMillis(300) : Duration.ofSeconds(20);
        try (var server = ScriptedServer.before(good.port()).script(bad.script());
                var client = GoodServer.client(server, way)
                        .maxMessageBytes(MAX_BYTES)
                        .connectTimeout(builderTimeout)
                        .build()) {
            client.onConnectError(failure -> server.heal());
            assertThat(failure(client.connect())).isInstanceOfSatisfying(ConnectFailedException.class, failure -> {
                assertThat(failure.reason()).as("%s", failure).isEqualTo(bad.reason());
                assertThat(failure).hasMessageContaining(bad.words());
            });
            until(client::connected);
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
        }
    }

    private static Case answer(String name, String status, String body, Reason reason, String words) {
        return new Case(name, exchange -> exchange.answer(status, body), reason, words);
    }

    private static Case ok(String name, String body, Reason reason, String words) {
        return new Case(
                name,
                exchange -> exchange.answer("200 OK", "Content-Type: text/plain\r\n", body.getBytes(ISO_8859_1)),
                reason,
                words);
    }

    private static Case raw(String name, String bytes, Reason reason, String words) {
        return new Case(name, exchange -> exchange.raw(bytes), reason, words);
    }

    private static Case frames(String name, Frames frames, Reason reason, String words) {
        return new Case(
                name,
                exchange -> {
                    var socket = exchange.acceptWebSocket();
                    frames.send(socket);
                    socket.hold();
                },
                reason,
                words);
    }

    /** What is sent once the WebSocket stands. */
    @FunctionalInterface
    private interface Frames {
        void send(ScriptedWebSocket socket) throws IOException;
    }

    private static void drip(ScriptedExchange exchange) throws IOException, InterruptedException {
        exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        while (true) {
            exchange.raw("0");
            Thread.sleep(20);
        }
    }

    private static String handshake(String pingInterval, String pingTimeout) {
        return "0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":%s,\"pingTimeout\":%s}"
                .formatted(pingInterval, pingTimeout);
    }

    private static String error(String message) {
        return "{\"code\":0,\"message\":\"" + message + "\"}";
    }
}
