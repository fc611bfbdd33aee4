package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.event.Rejection;
import io.sockeye.msgpack.MsgpackParser;
import io.sockeye.protocol.Parser;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A handler that refuses a request, on the server or on the client, and the other side's {@code request}. */
@Timeout(60)
final class RejectionsIT {
    /** What a refusal carries. */
    @SuppressWarnings("ArrayRecordComponent") // As users write them.
    record Hint(String proposal, byte[] picture) {}

    static Stream<Arguments> waysAndParsers() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(
                        Arguments.of(way, "JSON", Parser.standard()),
                        Arguments.of(way, "MessagePack", new MsgpackParser())));
    }

    private static String rename(String name) {
        if (name.equals("Ada")) {
            throw new Rejection("taken", new Hint("Ada2", new byte[] {1, -1}));
        }
        if (name.isEmpty()) {
            throw new Rejection("empty");
        }
        return "hello, " + name;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("waysAndParsers")
    void theServerRefusesTheClient(Way way, String name, Parser parser) throws Exception {
        try (var server = server(parser);
                var client = client(server, way, parser)) {
            server.onRequest("rename", String.class, (socket, wanted) -> rename(wanted));
            connect(client);
            assertTaken(failure(client.request("rename", String.class, "Ada")));
            assertEmpty(failure(client.request("rename", String.class, "")));
            assertThat(get(client.request("rename", String.class, "Grace"))).isEqualTo("hello, Grace");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("waysAndParsers")
    void theClientRefusesTheServer(Way way, String name, Parser parser) throws Exception {
        var connected = new CompletableFuture<Socket>();
        try (var server = server(parser);
                var client = client(server, way, parser)) {
            server.onConnection(connected::complete);
            client.onRequest("rename", String.class, RejectionsIT::rename);
            connect(client);
            var socket = get(connected);
            assertTaken(failure(socket.request("rename", String.class, "Ada")));
            assertEmpty(failure(socket.request("rename", String.class, "")));
            assertThat(get(socket.request("rename", String.class, "Grace"))).isEqualTo("hello, Grace");
        }
    }

    private static void assertTaken(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(Rejection.class, refusal -> {
            assertThat(refusal).hasMessage("taken");
            var hint = refusal.data(Hint.class).orElseThrow();
            assertThat(hint.proposal()).isEqualTo("Ada2");
            assertThat(hint.picture()).containsExactly(1, -1);
        });
    }

    private static void assertEmpty(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(Rejection.class, refusal -> {
            assertThat(refusal).hasMessage("empty");
            assertThat(refusal.data()).isEmpty();
        });
    }

    private static SocketServer server(Parser parser) {
        var server =
                SocketServer.builder().host("127.0.0.1").port(0).parser(parser).build();
        server.start();
        return server;
    }

    private static SocketClient client(SocketServer server, Way way, Parser parser) {
        return way.set(SocketClient.builder("http://127.0.0.1:" + server.port()))
                .parser(parser)
                .build();
    }
}
