package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.ConnectionListener;
import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Disconnection;
import io.sockeye.client.NotSentException;
import io.sockeye.client.Reconnection;
import io.sockeye.protocol.TransportKind;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Handshakes, transports and limits, with npm's socket.io in several configurations. */
final class NodeConnectionIT {
    private static final Reconnection QUICK = Reconnection.DEFAULT.delay(Duration.ofMillis(10), Duration.ofMillis(50));

    private static Reason reason(Throwable failure) {
        return ((ConnectFailedException) failure).reason();
    }

    @ParameterizedTest
    @EnumSource
    void saysQueryHeadersAndCookiesOnAnyPath(Way way) throws Exception {
        try (var server = NodeServer.start(Map.of("path", "/here/it"));
                var client = server.client(way)
                        .path("here/it")
                        .query("a b", "ü&=")
                        .header("X-Token", "t0ken")
                        .header("User-Agent", "probe/1")
                        .cookies()
                        .build()) {
            var upgrades = new LinkedBlockingQueue<TransportKind>();
            client.onConnection(new ConnectionListener() {
                @Override
                public void upgraded(TransportKind transport) {
                    upgrades.add(transport);
                }
            });
            connect(client);
            if (way == Way.UPGRADE) {
                take(upgrades);
            }
            assertThat(get(client.request("query")).value(0).raw().utf8()).contains("\"a b\":\"ü&=\"");
            get(client.request("echo", 1));
            var handshakes = server.run("handshakes");
            for (JsonNode handshake : handshakes) {
                var headers = handshake.get("headers");
                assertThat(headers.get("x-token").asString()).isEqualTo("t0ken");
                assertThat(headers.get("user-agent").asString()).isEqualTo("probe/1");
            }
            assertThat(handshakes.get(0).get("headers").has("cookie")).isFalse();
            if (way != Way.WEBSOCKET) {
                var last = handshakes.get(handshakes.size() - 1).get("headers");
                assertThat(last.get("cookie").asString()).isEqualTo("node=peer-1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksForAPathWithoutASlashAtItsEnd(Way way) throws Exception {
        try (var server = NodeServer.start(Map.of("path", "/here", "addTrailingSlash", false));
                var client = server.client(way)
                        .path("/here/")
                        .addTrailingSlash(false)
                        .build()) {
            connect(client);
            assertThat(get(client.request("echo", Integer.class, 1))).isEqualTo(1);
            assertThat(server.run("handshakes").valueStream())
                    .allMatch(request -> request.get("url").asString().startsWith("/here?"));
        }
    }

    @Test
    void offersSubprotocols() throws Exception {
        try (var server = NodeServer.start();
                var client = server.client(Way.WEBSOCKET)
                        .protocols("chat", "v2.chat")
                        .build()) {
            connect(client);
            var headers = server.run("handshakes").get(0).get("headers");
            assertThat(headers.get("sec-websocket-protocol").asString().replace(" ", ""))
                    .isEqualTo("chat,v2.chat");
        }
    }

    @Test
    void ignoresCookiesUnlessAskedForThem() throws Exception {
        try (var server = NodeServer.start();
                var client = server.client(Way.POLLING).build()) {
            connect(client);
            get(client.request("echo", 1));
            assertThat(server.run("handshakes").valueStream().map(request -> request.get("headers")))
                    .noneMatch(headers -> headers.has("cookie"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksForHeadersAnewAtEachConnection(Way way) throws Exception {
        var asked = new AtomicInteger();
        try (var server = NodeServer.start();
                var client = server.client(way)
                        .header("X-Tenant", "acme")
                        .reconnection(QUICK)
                        .headers(() -> {
                            if (asked.incrementAndGet() == 1) {
                                throw new IllegalStateException("no token yet");
                            }
                            return Map.of("X-Token", "t" + asked);
                        })
                        .build()) {
            assertThat(failure(client.connect()))
                    .hasMessageEndingWith("headers: java.lang.IllegalStateException: no token yet")
                    .isInstanceOfSatisfying(
                            ConnectFailedException.class,
                            it -> assertThat(it.reason()).isEqualTo(Reason.HEADERS));
            get(client.whenConnected());
            client.disconnect();
            connect(client);
            get(client.request("echo", 1));
            var tokens = new LinkedHashSet<String>();
            for (JsonNode handshake : server.run("handshakes")) {
                tokens.add(handshake.get("headers").get("x-token").asString());
                assertThat(handshake.get("headers").get("x-tenant").asString()).isEqualTo("acme");
            }
            assertThat(tokens).containsExactly("t2", "t3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void speaksToServersWithOneTransport(TransportKind kind) throws Exception {
        try (var server = NodeServer.start(Map.of("transports", List.of(kind.wireName())))) {
            try (var client = server.client(Way.UPGRADE).tryAllTransports(true).build()) {
                connect(client);
                assertThat(client.transport()).contains(kind);
                assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
            }
            var other = kind == TransportKind.POLLING ? Way.WEBSOCKET : Way.POLLING;
            try (var client = server.client(other).build()) {
                assertThat(reason(failure(client.connect()))).isEqualTo(Reason.HTTP_STATUS);
            }
        }
    }

    @Test
    void upgradesUnlessToldOtherwiseAndRemembersIt() throws Exception {
        try (var server = NodeServer.start();
                var client = server.client(Way.UPGRADE)
                        .rememberUpgrade(true)
                        .reconnection(QUICK)
                        .build();
                var polling = server.client(Way.UPGRADE).upgrade(false).build()) {
            var opened = new LinkedBlockingQueue<TransportKind>();
            var upgraded = new LinkedBlockingQueue<TransportKind>();
            client.onConnection(new ConnectionListener() {
                @Override
                public void opened(TransportKind transport) {
                    opened.add(transport);
                }

                @Override
                public void upgraded(TransportKind transport) {
                    upgraded.add(transport);
                }
            });
            connect(client);
            assertThat(take(opened)).isEqualTo(TransportKind.POLLING);
            assertThat(take(upgraded)).isEqualTo(TransportKind.WEBSOCKET);
            server.run("cut");
            assertThat(take(opened)).isEqualTo(TransportKind.WEBSOCKET);
            connect(polling);
            get(polling.request("echo", 1));
            assertThat(polling.transport()).contains(TransportKind.POLLING);
        }
    }

    @Test
    void triesAllTransportsAlsoWhereItRemembersOne() throws Exception {
        try (var before = NodeServer.start();
                var client = before.client(Way.UPGRADE)
                        .rememberUpgrade(true)
                        .tryAllTransports(true)
                        .reconnection(QUICK)
                        .build()) {
            connect(client);
            until(() -> client.transport().equals(Optional.of(TransportKind.WEBSOCKET)));
            client.disconnect();
            until(() -> client.transport().isEmpty());
            before.kill();
            var options = Map.<String, Object>of("port", before.port(), "transports", List.of("polling"));
            try (var pollingOnly = NodeServer.start(options)) {
                connect(client);
                assertThat(pollingOnly.run("clients").asInt()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void fitsIntoWhatTheServerTakes(Way way) throws Exception {
        var errors = new LinkedBlockingQueue<Throwable>();
        try (var server = NodeServer.start(Map.of("maxHttpBufferSize", 2_000));
                var client = server.client(way)
                        .reconnection(QUICK)
                        .onError((error, where) -> errors.add(error))
                        .build()) {
            var ends = new LinkedBlockingQueue<Disconnection>();
            client.onDisconnect(ends::add);
            IntStream.range(0, 100).forEach(i -> client.emit("echo", "x".repeat(700), new byte[500]));
            connect(client);
            assertThat(get(client.request("echo", String.class, "y".repeat(1_900))))
                    .hasSize(1_900);
            client.emit("echo", "z".repeat(2_100));
            assertThat(take(errors))
                    .isInstanceOf(NotSentException.class)
                    .hasMessageEndingWith("the server takes 2,000");
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
            assertThat(ends).isEmpty();
        }
    }

    @Test
    void takesAServerWithoutARealLimit() throws Exception {
        try (var server = NodeServer.start(Map.of("maxHttpBufferSize", 10_000_000_000L));
                var client = server.client(Way.UPGRADE).build()) {
            connect(client);
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void livesOnQuickPings(Way way) throws Exception {
        try (var server = NodeServer.start(Map.of("pingInterval", 50, "pingTimeout", 2_000));
                var client = server.client(way).build()) {
            var ends = new LinkedBlockingQueue<Disconnection>();
            client.onDisconnect(ends::add);
            connect(client);
            assertThat(get(client.request("echo later", int.class, 1_000, 7))).isEqualTo(7);
            assertThat(ends).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void tellsThatItsHandshakeIsRefused(String transport) throws Exception {
        var way = Way.valueOf(transport.toUpperCase(Locale.ROOT));
        try (var server = NodeServer.start(Map.of("refuse", "out of order"));
                var client = server.client(way).reconnection(Reconnection.NONE).build()) {
            var failure = failure(client.connect());
            assertThat(reason(failure)).isEqualTo(Reason.HTTP_STATUS);
            assertThat(failure)
                    .hasMessageStartingWith("cannot connect to http://127.0.0.1:")
                    .hasMessageEndingWith(way == Way.POLLING ? ": HTTP 403: out of order" : ": HTTP 400: out of order");
            assertThat(client.active()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForALateHandshakeButNotForever(Way way) throws Exception {
        try (var server = NodeServer.start(Map.of("delay", 600))) {
            try (var patient = server.client(way).build()) {
                connect(patient);
            }
            try (var impatient = server.client(way)
                    .connectTimeout(Duration.ofMillis(100))
                    .reconnection(Reconnection.NONE)
                    .build()) {
                assertThat(reason(failure(impatient.connect()))).isEqualTo(Reason.TIMEOUT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsThatTheServerIsTooOld(Way way) throws Exception {
        try (var server = NodeServer.start(Map.of("version", 2));
                var client = server.client(way).reconnection(Reconnection.NONE).build()) {
            assertThat(reason(failure(client.connect()))).isEqualTo(Reason.PROTOCOL_VERSION);
        }
    }

    @ParameterizedTest
    @EnumSource
    void comesBackWhenTheServerHasClosedTheConnection(Way way) throws Exception {
        try (var server = NodeServer.start();
                var client = server.client(way).reconnection(QUICK).build()) {
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            var ids = new LinkedBlockingQueue<String>();
            client.onDisconnect(end -> ends.add(end.reason()))
                    .onConnect(() -> ids.add(client.id().orElseThrow()));
            connect(client);
            var before = take(ids);
            get(client.request("echo", 1));
            server.run("close");
            assertThat(take(ends)).isEqualTo(DisconnectReason.TRANSPORT_CLOSE);
            assertThat(take(ids)).isNotEqualTo(before);
        }
    }
}
