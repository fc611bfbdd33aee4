package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.RequestRefused;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code allowRequest}: who may open a session. */
@Timeout(30)
class RequestCheckIT {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void isAskedOfHandshakesOnly() throws Exception {
        var server = servers.start(
                builder -> builder.allowRequest(request -> notes.add(request.query("transport")
                                .orElse("-") + " " + request.header("x-one").orElse("-"))));
        try (var polling = PollingClient.join(server);
                var webSocket = WebSocketClient.upgrade(server, polling);
                var other = WebSocketClient.join(server)) {
            webSocket.send("41");
            other.send("41");
        }
        assertThat(notes.next(2)).containsExactly("polling -", "websocket -");
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void refusesAPollWithTheMessage() throws Exception {
        var server = servers.start(builder -> builder.allowRequest(request -> {
            throw new RequestRefused("\"no\" \\ \n ü \ud83d\ude00");
        }));
        try (var wire = Wire.to(server)) {
            var reply = wire.get(HANDSHAKE);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.header("content-type")).isEqualTo("application/json");
            assertThat(reply.body()).isEqualTo("{\"code\":4,\"message\":\"\\\"no\\\" \\\\ \\u000a ü \\ud83d\\ude00\"}");
            assertThat(wire.get(HANDSHAKE).status()).isEqualTo(403);
        }
    }

    @Test
    void refusesAWebSocketInPlainText() throws Exception {
        var server = servers.start(builder -> builder.allowRequest(request -> {
            throw new RequestRefused("nope");
        }));
        try (var wire = Wire.to(server)) {
            var reply = WebSocketClient.request(wire, "").reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("content-type")).isEqualTo("text/html");
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(reply.body()).isEqualTo("nope");
            assertThat(wire.ends()).isTrue();
        }
    }

    @Test
    void saysForbiddenUnlessItSaysMore() throws Exception {
        var server = servers.start(builder -> builder.allowRequest(request -> {
            throw new RequestRefused();
        }));
        try (var wire = Wire.to(server)) {
            assertThat(wire.get(HANDSHAKE).body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error", "null", "stage", "cancelled"})
    void aFaultIsReportedAndRefuses(String fault) throws Exception {
        var server = servers.start(builder ->
                builder.allowRequestAsync(request -> fail(fault)).onError((error, where) -> notes.add(where)));
        try (var wire = Wire.to(server)) {
            var reply = wire.get(HANDSHAKE);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
            assertThat(notes.next()).isEqualTo("request check of GET " + HANDSHAKE);
        }
    }

    @SuppressWarnings("NullAway") // The user's mistake.
    private static CompletionStage<?> fail(String fault) throws Exception {
        return switch (fault) {
            case "exception" -> throw new IOException("secret");
            case "error" -> throw new AssertionError("secret");
            case "null" -> null;
            case "stage" ->
                CompletableFuture.completedFuture("fine").thenRun(() -> {
                    throw new IllegalStateException("secret");
                });
            default -> CompletableFuture.failedFuture(new CancellationException("secret"));
        };
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ?EIO=4&transport=no, 0",
        "POST, ?EIO=4&transport=polling, 2",
        "GET, ?EIO=4&transport=websocket, 3",
        "GET, ?EIO=9&transport=polling, 4",
        "GET, ?EIO=4&transport=polling, 4"
    })
    void comesAfterTheMethodAndBeforeTheVersion(String method, String query, int code) throws Exception {
        var server = servers.start(builder -> builder.allowRequest(request -> {
            throw new RequestRefused();
        }));
        try (var wire = Wire.to(server)) {
            var reply = wire.request(method, "/socket.io/" + query, "").reply();
            assertThat(reply.body()).startsWith("{\"code\":" + code + ",");
        }
    }

    @Test
    void whoIsWelcomeMustStillSpeakTheProtocol() throws Exception {
        var server = servers.start(builder -> builder.allowRequest(request -> {}));
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/socket.io/?EIO=9&transport=polling").body())
                    .isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
        }
    }

    @Test
    void mayBlockWithoutHoldingUpOthers() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(builder -> builder.loops(1).allowRequest(request -> {
            if (request.query("slow").isPresent()) {
                release.await(10, TimeUnit.SECONDS);
            }
        }));
        server.on("echo", (socket, args) -> args.ack());
        try (var slow = Wire.to(server);
                var quick = WebSocketClient.join(server)) {
            slow.request("GET", HANDSHAKE + "&slow=1", "");
            slow.request("GET", "/unknown", ""); // Held until the first has its answer.
            quick.send("421[\"echo\"]");
            quick.expect("431");
            release.countDown();
            assertThat(slow.reply().body()).startsWith("0{\"sid\":");
            assertThat(slow.reply().status()).isEqualTo(404);
        }
    }

    @Test
    void mayRunOnTheEventLoop() throws Exception {
        var server = servers.start(builder -> builder.handlersOnEventLoop()
                .allowRequest(request -> notes.add(Thread.currentThread().getName())));
        WebSocketClient.join(server).close();
        PollingClient.join(server).close();
        assertThat(notes.next(2)).allMatch(name -> name.startsWith("sockeye-") && !name.contains("handler"));
    }

    @Test
    void mayDecideLater() throws Exception {
        var decisions = new LinkedBlockingQueue<CompletableFuture<Void>>();
        var server = servers.start(builder -> builder.allowRequestAsync(request -> later(decisions)));
        try (var webSocket = Wire.to(server);
                var polling = Wire.to(server)) {
            WebSocketClient.request(webSocket, "");
            take(decisions).complete(null);
            assertThat(webSocket.reply().status()).isEqualTo(101);
            polling.request("GET", HANDSHAKE, "");
            take(decisions).completeExceptionally(new RequestRefused("too late"));
            assertThat(polling.reply().body()).isEqualTo("{\"code\":4,\"message\":\"too late\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoLeavesMeanwhileLeavesNothing(boolean upgrade) throws Exception {
        var decisions = new LinkedBlockingQueue<CompletableFuture<Void>>();
        var requests = new LinkedBlockingQueue<WeakReference<HttpRequest>>();
        var server = servers.start(builder -> builder.loops(1).allowRequestAsync(request -> {
            requests.add(new WeakReference<>(request));
            return later(decisions);
        }));
        var wire = Wire.to(server);
        if (upgrade) {
            WebSocketClient.request(wire, "");
        } else {
            wire.request("GET", HANDSHAKE, "");
        }
        var decision = take(decisions);
        wire.reset();
        roundTrip(server); // The one event loop has seen the reset when it has answered two requests that came later.
        roundTrip(server);
        decision.complete(null);
        roundTrip(server);
        var request = requests.take();
        assertThat(isCollected(request)).isTrue();
    }

    private static void roundTrip(SocketServer server) throws Exception {
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/").status()).isEqualTo(404);
        }
    }

    private static boolean isCollected(WeakReference<?> reference) {
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
        }
        return reference.get() == null;
    }

    private static CompletableFuture<Void> later(LinkedBlockingQueue<CompletableFuture<Void>> decisions) {
        var decision = new CompletableFuture<Void>();
        decisions.add(decision);
        return decision;
    }

    private static CompletableFuture<Void> take(LinkedBlockingQueue<CompletableFuture<Void>> decisions)
            throws InterruptedException {
        var decision = decisions.poll(10, TimeUnit.SECONDS);
        if (decision == null) {
            throw new AssertionError("the check was not asked");
        }
        return decision;
    }
}
