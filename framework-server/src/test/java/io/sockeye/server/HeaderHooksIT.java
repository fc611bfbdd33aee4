package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code initialHeaders} and {@code headers}: the application's headers in the answers of the protocol. */
@Timeout(30)
class HeaderHooksIT {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void theInitialOneIsForHandshakesTheOtherForAll() throws Exception {
        var server = servers.start(builder -> builder.initialHeaders((headers, request) -> headers.with("X-A", "first"))
                .headers((headers, request) ->
                        headers.with("X-B", headers.first("x-a").orElse("-") + " " + request.method())));
        try (var client = PollingClient.open(server)) {
            assertThat(client.handshake().header("x-a")).isEqualTo("first");
            assertThat(client.handshake().header("x-b")).isEqualTo("first GET");
            assertThat(client.handshake().header("content-type")).isEqualTo("text/plain; charset=UTF-8");
            assertThat(client.post("40").header("x-a")).isEmpty();
            assertThat(client.post("3").header("x-b")).isEqualTo("- POST");
            assertThat(client.down().get(client.target()).header("x-b")).isEqualTo("- GET");
            assertThat(client.up().get("/socket.io/?EIO=4").header("x-b")).isEqualTo("- GET");
        }
    }

    @Test
    void aWebSocketHasThemInTheAnswer101() throws Exception {
        var server = servers.start(builder -> builder.initialHeaders((headers, request) -> headers.with("X-A", "first"))
                .headers((headers, request) -> request.header("upgrade").isEmpty() ? headers : meddle(headers)));
        try (var polling = PollingClient.join(server);
                var wire = Wire.to(server);
                var probe = Wire.to(server)) {
            var reply = WebSocketClient.request(wire, "").reply();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.header("x-a")).isEqualTo("first");
            assertThat(reply.header("set-cookie")).isEqualTo("a=1 & b=2");
            assertThat(reply.header("connection")).isEqualToIgnoringCase("upgrade");
            assertThat(reply.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(reply.header("content-length")).isEmpty();
            var second = WebSocketClient.request(probe, "&sid=" + polling.sid()).reply();
            assertThat(second.header("x-a")).isEmpty();
            assertThat(second.header("set-cookie")).isEqualTo("a=1 & b=2");
        }
    }

    @Test
    void aWebSocketThatIsRefusedOpensNoSession() throws Exception {
        var server = servers.start(builder -> builder.initialHeaders((headers, request) -> headers.with("X-A", "first"))
                .headers((headers, request) -> headers.with("X-B", "each")));
        try (var wire = Wire.to(server)) {
            var reply = WebSocketClient.request(wire, "", "Sec-WebSocket-Protocol: a,a")
                    .reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("x-a")).isEmpty();
            assertThat(reply.header("x-b")).isEqualTo("each");
        }
    }

    private static HttpHeaders meddle(HttpHeaders headers) {
        return headers.and("Set-Cookie", "a=1")
                .and("Set-Cookie", "b=2")
                .with("Connection", "close")
                .with("Sec-WebSocket-Accept", "mine")
                .with("Content-Length", "5");
    }

    @Test
    void theLengthOfTheBodyIsTheServersOwn() throws Exception {
        var server = servers.start(builder -> builder.headers(
                (headers, request) -> HttpHeaders.of("Content-Length", "3").and("Transfer-Encoding", "chunked")));
        try (var wire = Wire.to(server)) {
            var reply = wire.get(HANDSHAKE);
            assertThat(reply.body()).startsWith("0{").endsWith("}");
            assertThat(reply.header("transfer-encoding")).isEmpty();
            assertThat(reply.header("content-type")).isEmpty();
            assertThat(wire.get("/socket.io/?EIO=4").body()).contains("Transport unknown");
        }
    }

    @Test
    void whatTheyThrowIsReportedAndSparesTheAnswer() throws Exception {
        var server = servers.start(builder -> builder.initialHeaders((headers, request) -> headers.with("X-A", "a\nb"))
                .headers(HeaderHooksIT::noHeaders)
                .onError((error, where) -> notes.add(where)));
        try (var client = PollingClient.open(server);
                var webSocket = WebSocketClient.open(server)) {
            assertThat(client.handshake().header("cache-control")).isEqualTo("no-store");
            webSocket.send("40");
            assertThat(notes.next(4))
                    .containsExactly(
                            "header hook of GET " + HANDSHAKE,
                            "header hook of GET " + HANDSHAKE,
                            "header hook of GET /socket.io/?transport=websocket&EIO=4",
                            "header hook of GET /socket.io/?transport=websocket&EIO=4");
        }
    }

    @SuppressWarnings("NullAway") // The user's mistake.
    private static HttpHeaders noHeaders(HttpHeaders headers, io.sockeye.server.http.HttpRequest request) {
        return null;
    }

    @Test
    void routesAndClientFilesStayAsTheyAre() throws Exception {
        var cookies = HttpResponse.text(200, "page").and("Set-Cookie", "a=1").and("Set-Cookie", "b=2");
        var server = servers.start(
                builder -> builder.http(request -> cookies).headers((headers, request) -> headers.with("X-B", "1")));
        try (var wire = Wire.to(server)) {
            var page = wire.get("/");
            assertThat(page.header("set-cookie")).isEqualTo("a=1 & b=2");
            assertThat(page.header("x-b")).isEmpty();
            assertThat(wire.get("/socket.io/socket.io.js").header("x-b")).isEmpty();
        }
    }
}
