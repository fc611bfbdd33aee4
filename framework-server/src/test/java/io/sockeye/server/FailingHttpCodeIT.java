package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.ProxyTrust;
import java.security.SecureRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code of the user's that fails on the way of a request: it is reported, and the client gets an answer. */
@Timeout(30)
class FailingHttpCodeIT {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private volatile boolean failing = true;

    private SocketServer start(UnaryOperator<SocketServerBuilder> settings) {
        return servers.start(builder ->
                settings.apply(builder).onError((error, where) -> notes.add(where + ": " + error.getMessage())));
    }

    private boolean proxy(String address) {
        if (failing) {
            throw new IllegalStateException("no list of proxies for " + address);
        }
        return true;
    }

    private SocketServer withProxies(UnaryOperator<SocketServerBuilder> settings) {
        return start(builder -> settings.apply(builder)
                .trustProxy(ProxyTrust.when(this::proxy))
                .http(request -> HttpResponse.text(200, request.remoteAddress())));
    }

    private void assertFailed(Reply reply, String request) throws Exception {
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("Internal Server Error");
        assertThat(reply.header("connection")).isEqualTo("close");
        assertThat(notes.next()).isEqualTo("request " + request + ": no list of proxies for 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page", HANDSHAKE})
    void aProxyPredicate(String target) throws Exception {
        var server = withProxies(builder -> builder.headers((headers, request) -> headers.with("X-A", "1")));
        try (var wire = Wire.to(server)) {
            assertFailed(wire.get(target), "GET " + target);
        }
        failing = false;
        try (var wire = Wire.to(server)) {
            assertThat(wire.get(target).status()).isEqualTo(200);
        }
    }

    @Test
    void aProxyPredicateBehindABody() throws Exception {
        var server = withProxies(builder -> builder);
        try (var wire = Wire.to(server)) {
            assertFailed(wire.post("/page", "body"), "POST /page");
        }
    }

    @Test
    void aProxyPredicateForAWebSocket() throws Exception {
        var server = withProxies(builder -> builder);
        try (var wire = Wire.to(server)) {
            assertFailed(WebSocketClient.request(wire, "").reply(), "GET /socket.io/?transport=websocket&EIO=4");
        }
    }

    @Test
    void aProxyPredicateForThePageOfAnOrigin() throws Exception {
        var server = withProxies(builder -> builder.cors(Cors.any()));
        try (var wire = Wire.to(server)) {
            assertFailed(wire.get(HANDSHAKE, "Origin: http://a.example"), "GET " + HANDSHAKE);
        }
    }

    @Test
    void aProxyPredicateForARefusalThatSomebodyWantsToKnow() throws Exception {
        var server = withProxies(builder -> builder.onConnectionError(error -> notes.add(error.message())));
        try (var wire = Wire.to(server)) {
            assertFailed(wire.get("/socket.io/?EIO=4"), "GET /socket.io/?EIO=4");
        }
        try (var wire = Wire.to(server)) {
            assertFailed(wire.get(HANDSHAKE, "Expect: nothing"), "GET " + HANDSHAKE);
        }
    }

    /** The session must not wait for an answer that nobody gives. */
    @Test
    void aProxyPredicateAmidASession() throws Exception {
        failing = false;
        var server = withProxies(builder -> builder.headers((headers, request) -> headers));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = PollingClient.join(server)) {
            failing = true;
            var reply = client.post("42[\"a\"]");
            assertThat(reply.status()).isEqualTo(500);
            assertThat(notes.next()).startsWith("request POST /socket.io/?").endsWith("for 127.0.0.1");
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void aCorsPredicateRefusesTheOrigin() throws Exception {
        var server = start(builder -> builder.cors(Cors.when(origin -> {
            throw new IllegalStateException("no list of origins");
        })));
        try (var wire = Wire.to(server)) {
            var reply = wire.get(HANDSHAKE, "Origin: http://a.example");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("access-control-allow-origin")).isEmpty();
            assertThat(notes.next()).isEqualTo("CORS predicate for origin http://a.example: no list of origins");
        }
    }

    @Test
    void anExecutorThatTakesNoConnectionErrors() throws Exception {
        var server = start(builder -> builder.onConnectionError(error -> notes.add(error.message()))
                .handlerExecutor(task -> {
                    if (failing) {
                        throw new RejectedExecutionException("full");
                    }
                    task.run();
                }));
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/socket.io/?EIO=4").status()).isEqualTo(400);
            assertThat(notes.next())
                    .startsWith("connection error handler of ")
                    .contains("/socket.io/?EIO=4")
                    .endsWith(": full");
            failing = false;
            assertThat(Wire.to(server).get("/socket.io/?EIO=4").status()).isEqualTo(400);
            assertThat(notes.next()).isEqualTo("Transport unknown");
        }
    }

    @Test
    void theSourceOfIds() throws Exception {
        failing = false;
        var server = start(builder -> builder.random(new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                if (failing) {
                    throw new IllegalStateException("no entropy");
                }
            }
        }));
        failing = true;
        try (var wire = Wire.to(server)) {
            assertThat(wire.get(HANDSHAKE).status()).isEqualTo(500);
            assertThat(notes.next()).isEqualTo("request GET " + HANDSHAKE + ": no entropy");
        }
    }
}
