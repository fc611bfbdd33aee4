package io.sockeye.testbed.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.event.Event;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.SocketServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.type.TypeReference;

/** Our client and our server, over real sockets. */
final class ClientAndServerIT {
    private static final Event<List<Line>> LINES = Event.of("lines", new TypeReference<>() {});

    private SocketServer server;

    /** What both sides exchange. */
    @SuppressWarnings("ArrayRecordComponent") // As users write them.
    record Line(String who, String text, byte[] picture) {}

    @BeforeEach
    void start() {
        server = SocketServer.builder().host("127.0.0.1").port(0).build();
        server.onRequest(
                "sum",
                int[].class,
                (socket, numbers) -> Stream.of(numbers)
                        .flatMapToInt(java.util.Arrays::stream)
                        .sum());
        server.on("echo", (socket, args) -> {
            if (args.ackRequested()) {
                args.ack(args.values().toArray());
            } else {
                socket.emit("echo", args.values().toArray());
            }
        });
        server.on(LINES, (socket, lines) -> socket.emit(LINES, lines));
        server.of("/admin").use(context -> {
            throw new ConnectionRefused("not authorized", Map.of("retry", false));
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SocketClientBuilder builder() {
        return SocketClient.builder("http://127.0.0.1:" + server.port());
    }

    @ParameterizedTest
    @EnumSource
    void emitsAsksAndHears(Way way) throws Exception {
        try (var client = way.set(builder()).build()) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            client.on("echo", args -> heard.add(args.get(0, String.class) + args.get(1, int.class)));
            client.connect().get(5, SECONDS);
            client.emit("echo", "hello", 1);
            assertThat(heard.poll(5, SECONDS)).isEqualTo("hello1");
            int sum = client.request("sum", Integer.class, new int[] {1, 2, 3}).get(5, SECONDS);
            assertThat(sum).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sharesTypedEventsAndBinaryValuesWithTheServer(Way way) throws Exception {
        try (var client = way.set(builder()).build()) {
            BlockingQueue<List<Line>> heard = new LinkedBlockingQueue<>();
            client.on(LINES, heard::add);
            client.connect().get(5, SECONDS);
            client.emit(
                    LINES,
                    List.of(new Line("a", "é€😀\u2028", new byte[] {0, (byte) 255}), new Line("b", "", new byte[0])));
            var lines = heard.poll(5, SECONDS);
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0).text()).isEqualTo("é€😀\u2028");
            assertThat(lines.get(0).picture()).containsExactly(0, 255);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderOfAThousandEventsThatAreEmittedBeforeTheConnection(Way way) throws Exception {
        try (var client = way.set(builder()).build()) {
            BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
            client.on("echo", Integer.class, heard::add);
            for (int i = 0; i < 1_000; i++) {
                client.emit("echo", i);
            }
            client.connect().get(5, SECONDS);
            for (int i = 0; i < 1_000; i++) {
                assertThat(heard.poll(5, SECONDS)).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsTextOfAnyLength(Way way) throws Exception {
        try (var roomy = SocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .maxPayload(64 << 20)
                .build()) {
            roomy.onRequest("length", String.class, (socket, text) -> text.length());
            roomy.start();
            var longest =
                    SocketClient.builder("http://127.0.0.1:" + roomy.port()).outboxBytes(64 << 20);
            try (var client = way.set(longest).build()) {
                client.connect().get(5, SECONDS);
                int length = client.request("length", Integer.class, "x".repeat(40_000_000))
                        .get(30, SECONDS);
                assertThat(length).isEqualTo(40_000_000);
                assertThat(client.connected()).isTrue();
            }
        }
    }

    @Test
    void isUpgraded() throws Exception {
        try (var client = builder().build()) {
            var upgraded = new LinkedBlockingQueue<TransportKind>();
            client.onConnection(new io.sockeye.client.ConnectionListener() {
                @Override
                public void upgraded(TransportKind transport) {
                    upgraded.add(transport);
                }
            });
            client.connect().get(5, SECONDS);
            assertThat(upgraded.poll(5, SECONDS)).isEqualTo(TransportKind.WEBSOCKET);
            assertThat(client.transport()).contains(TransportKind.WEBSOCKET);
        }
    }

    @Test
    void tellsWhyANamespaceRefuses() {
        try (var client = builder().build()) {
            assertThatThrownBy(() -> client.of("/admin").connect().get(5, SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(ConnectFailedException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(ConnectFailedException.Reason.REFUSED);
                        assertThat(failure).hasMessage("not authorized");
                        assertThat(failure.data().orElseThrow().raw().utf8()).isEqualTo("{\"retry\":false}");
                    });
        }
    }
}
