package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.AsyncHttpHandler;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpHandler;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.http.StaticFiles;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's own HTTP routes, beside the protocol. */
@Timeout(30)
class RoutesIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes errors = new Notes();

    @Test
    void unlessTheUserAnswersThereIsNothing() throws Exception {
        try (var wire = Wire.to(servers.start())) {
            assertThat(wire.get("/").status()).isEqualTo(404);
            assertThat(wire.post("/socket.io", "body").status()).isEqualTo(404);
            assertThat(wire.get("/socket.ioo/").status()).isEqualTo(404);
        }
    }

    @Test
    void whereThereIsNothingNobodyWaitsForABody() throws Exception {
        try (var wire = Wire.to(servers.start())) {
            wire.send("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf ");
            assertThat(wire.reply().status()).isEqualTo(404);
            wire.send("body!");
            assertThat(wire.get("/").status()).isEqualTo(404);
        }
    }

    @Test
    void theHandlerSeesTheWholeRequest() throws Exception {
        HttpHandler echo = request -> HttpResponse.text(
                        201,
                        request.method() + " " + request.path() + " "
                                + request.query("q").orElse("-") + " "
                                + request.header("x-one").orElse("-") + " " + request.remoteAddress() + " "
                                + request.secure() + " " + request.body().utf8())
                .with("X-Two", "2");
        try (var wire = Wire.to(servers.start(builder -> builder.http(echo)))) {
            var reply = wire.post("/some%20path?q=a%26b", "the bödy", "X-One: 1");
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.header("x-two")).isEqualTo("2");
            assertThat(reply.body()).isEqualTo("POST /some path a&b 1 127.0.0.1 false the bödy");
            assertThat(wire.request("DELETE", "/x", "").reply().body()).startsWith("DELETE /x - -");
        }
    }

    @Test
    void anAnswerMayComeLater() throws Exception {
        var later = new CompletableFuture<HttpResponse>();
        try (var wire = Wire.to(servers.start(builder ->
                builder.httpAsync(request -> later.thenApply(response -> response.with("X-For", request.uri())))))) {
            wire.request("GET", "/a", "").request("GET", "/b", "");
            later.complete(HttpResponse.json(200, Map.of("done", true)));
            var reply = wire.reply();
            assertThat(reply.body()).isEqualTo("{\"done\":true}");
            assertThat(reply.header("x-for")).isEqualTo("/a");
            assertThat(wire.reply().header("x-for")).isEqualTo("/b");
        }
    }

    @Test
    void aLaterAnswerThatFailsIsReported() throws Exception {
        for (AsyncHttpHandler handler : List.<AsyncHttpHandler>of(
                request -> CompletableFuture.failedFuture(new IllegalStateException("no answer")),
                request -> {
                    throw new IllegalStateException("no answer");
                },
                request -> CompletableFuture.supplyAsync(() -> {
                    throw new IllegalStateException("no answer");
                }))) {
            var server = servers.start(builder -> builder.httpAsync(handler)
                    .onError((error, where) -> errors.add(where + ": " + error.getMessage())));
            try (var wire = Wire.to(server)) {
                assertThat(wire.get("/x").status()).isEqualTo(500);
                assertThat(errors.next()).isEqualTo("HTTP handler of GET /x: no answer");
            }
        }
    }

    @Test
    void filesAreServedToHeadAndGetAlsoWhereHandlersRunOnTheLoop() throws Exception {
        var server =
                servers.start(builder -> builder.handlersOnEventLoop().http(StaticFiles.of(RoutesIT.class, "/web")));
        try (var wire = Wire.to(server)) {
            var head = wire.request("HEAD", "/large.js", "").replyToHead();
            var get = wire.get("/large.js");
            assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
            assertThat(get.header("content-length"))
                    .isEqualTo(String.valueOf(get.content().length()));
            assertThat(get.header("etag")).isNotEmpty();
            assertThat(wire.get("/large.js", "If-None-Match: " + get.header("etag"))
                            .status())
                    .isEqualTo(304);
            assertThat(wire.get("/").status()).isEqualTo(200);
        }
    }

    private static Map<String, String> withoutDate(Reply reply) {
        var headers = new HashMap<>(reply.headers());
        assertThat(headers.remove("date")).isNotEmpty();
        return headers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/none", "/socket.io/", "/socket.io/?EIO=4&transport=polling", "/socket.io/socket.io.js"})
    void everyAnswerTellsTheTime(String target) throws Exception {
        var server = servers.start(builder -> builder.http(request -> HttpResponse.text(200, "page")));
        try (var wire = Wire.to(server)) {
            var date =
                    DateTimeFormatter.RFC_1123_DATE_TIME.parse(wire.get(target).header("date"), Instant::from);
            assertThat(date).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        }
    }

    @Test
    void theUsersOwnTimeIsKept() throws Exception {
        var own = "Sun, 06 Nov 1994 08:49:37 GMT";
        var server = servers.start(builder ->
                builder.http(request -> HttpResponse.text(200, "page").with("date", own)));
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/").header("date")).isEqualTo(own);
        }
    }

    @Test
    void aBodyInChunksIsPutTogether() throws Exception {
        HttpHandler echo = request -> HttpResponse.ok("text/plain", request.body());
        try (var wire = Wire.to(servers.start(builder -> builder.http(echo)))) {
            wire.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
            assertThat(wire.reply().status()).isEqualTo(100);
            wire.send("3\r\nabc\r\n").send("2\r\nde\r\n0\r\n\r\n");
            assertThat(wire.reply().body()).isEqualTo("abcde");
        }
    }

    @Test
    void aHeaderThatCannotBeSentIsReported() throws Exception {
        HttpHandler handler = request -> HttpResponse.text(200, "page").with("X-One", " 1");
        var server =
                servers.start(builder -> builder.http(handler).onError((error, where) -> errors.add(error.toString())));
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/").status()).isEqualTo(500);
            assertThat(errors.next()).contains("header 'X-One': ' 1'");
        }
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        var server = servers.start(builder -> builder.http(request -> HttpResponse.text(200, "page")));
        try (var wire = Wire.to(server)) {
            var head = wire.request("HEAD", "/", "").replyToHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("4");
            assertThat(wire.get("/").body()).isEqualTo("page");
        }
    }

    @Test
    void requestsOfOneConnectionAreAnsweredInOrder() throws Exception {
        HttpHandler path = request -> HttpResponse.text(200, request.path());
        try (var wire = Wire.to(servers.start(builder -> builder.http(path)))) {
            var all = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                all.append("POST /").append(i).append(" HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy");
                all.append("GET /socket.io/?EIO=3&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            wire.send(all.toString());
            for (int i = 0; i < 20; i++) {
                assertThat(wire.reply().body()).isEqualTo("/" + i);
                assertThat(wire.reply().body()).contains("\"code\":5");
            }
        }
    }

    @Test
    void theConnectionIsClosedIfTheClientWantsThat() throws Exception {
        var server = servers.start();
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/", "Connection: close").header("connection")).isEqualTo("close");
            assertThat(wire.ends()).isTrue();
        }
        try (var wire = Wire.to(server)) {
            wire.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(wire.reply().status()).isEqualTo(404);
            assertThat(wire.ends()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error", "null", "header", "status"})
    void whatIsNoAnswerBecomes500AndIsReported(String fault) throws Exception {
        var server =
                servers.start(builder -> builder.http(RoutesIT::fail).onError((error, where) -> errors.add(where)));
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/" + fault).status()).isEqualTo(500);
            assertThat(errors.next()).isEqualTo("HTTP handler of GET /" + fault);
            assertThat(wire.get("/fine").status()).isEqualTo(200);
        }
    }

    @SuppressWarnings("NullAway") // The user's mistake.
    private static HttpResponse fail(HttpRequest request) {
        return switch (request.path()) {
            case "/exception" -> throw new IllegalStateException("oops");
            case "/error" -> throw new AssertionError("wrong");
            case "/null" -> null;
            case "/header" -> HttpResponse.text(200, "a").with("X-Bad", "a\r\nSet-Cookie: b=c");
            case "/status" -> new HttpResponse(-1, Map.of(), Bytes.EMPTY);
            default -> HttpResponse.text(200, "fine");
        };
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        HttpHandler none = request -> HttpResponse.notFound();
        try (var wire = Wire.to(servers.start(builder -> builder.maxPayload(10).http(none)))) {
            assertThat(wire.post("/", "12345678901").status()).isEqualTo(413);
            assertThat(wire.post("/", "1234567890").status()).isEqualTo(404);
        }
    }

    @Test
    void answersWithoutABodyHaveNoLength() throws Exception {
        HttpHandler status =
                request -> new HttpResponse(Integer.parseInt(request.path().substring(1)), Map.of(), Bytes.EMPTY);
        try (var wire = Wire.to(servers.start(builder -> builder.http(status)))) {
            assertThat(wire.get("/204").header("content-length")).isEmpty();
            assertThat(wire.get("/304").header("content-length")).isEmpty();
            assertThat(wire.get("/200").header("content-length")).isEqualTo("0");
        }
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        try (var wire = Wire.to(servers.start())) {
            wire.send("nonsense\r\n\r\n");
            assertThat(wire.reply().status()).isEqualTo(400);
            assertThat(wire.ends()).isTrue();
        }
    }

    /** Also of code that runs on the loop, once the answer before has left. */
    @ParameterizedTest
    @ValueSource(strings = {"cors", "proxies", "executor"})
    void nothingOfTheUsersThatThrowsLeavesARequestUnanswered(String where) throws Exception {
        var server = servers.start(builder -> switch (where) {
            case "cors" -> builder.cors(Cors.when(origin -> fail()));
            case "proxies" -> builder.trustProxy(ProxyTrust.when(address -> fail()));
            default -> builder.handlerExecutor(task -> fail());
        });
        try (var wire = Wire.to(server)) {
            String polling = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n";
            String page = "GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            // At once: the first one may end the connection.
            wire.send(polling + "\r\n" + polling + "Origin: http://a\r\n\r\n" + page);
            assertThat(wire.ends()).isTrue();
        }
    }

    private static boolean fail() {
        throw new AssertionError("of the test");
    }
}
