package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.Reconnection;
import io.sockeye.event.Args;
import io.sockeye.msgpack.MsgpackParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client with MessagePack and npm's socket.io with socket.io-msgpack-parser. */
final class MsgpackIT {
    private static NodeServer server;

    /** Values that the format has types for. */
    @SuppressWarnings("ArrayRecordComponent") // As users write them.
    record Mixed(String text, long large, double fraction, byte[] binary, List<Mixed> inner, Boolean flag) {}

    @BeforeAll
    static void start() throws Exception {
        server = NodeServer.start(Map.of("msgpack", true));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void emitsAsksAndAnswers(Way way) throws Exception {
        try (var client = server.client(way).parser(new MsgpackParser()).build()) {
            var answers = new LinkedBlockingQueue<Args>();
            client.on("question", args -> args.ack(args.get(0, byte[].class).length));
            client.on("answer", answers::add);
            connect(client);
            var inner = new Mixed("é😀", 1L << 52, 0.5, new byte[] {1, -1}, List.of(), true);
            var back = get(
                    client.request("echo", Mixed.class, new Mixed("", -5, -0.25, new byte[300], List.of(inner), null)));
            assertThat(back.large()).isEqualTo(-5);
            assertThat(back.fraction()).isEqualTo(-0.25);
            assertThat(back.binary()).hasSize(300);
            assertThat(back.flag()).isNull();
            assertThat(back.inner().get(0).text()).isEqualTo("é😀");
            assertThat(back.inner().get(0).large()).isEqualTo(1L << 52);
            assertThat(back.inner().get(0).binary()).containsExactly(1, -1);
            client.emit("ask", new byte[7]);
            assertThat(take(answers).get(0, int.class)).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void joinsAndIsRefused(Way way) throws Exception {
        try (var client = server.client(way).parser(new MsgpackParser()).build()) {
            var refusing = client.of("/refusing");
            assertThat(failure(refusing.connect())).isInstanceOfSatisfying(ConnectFailedException.class, refused -> {
                assertThat(refused).hasMessage("not authorized");
                assertThat(refused.data().orElseThrow().raw().utf8()).contains("4010");
            });
            connect(refusing.auth(Map.of("token", "s3cret")));
            assertThat(get(refusing.request("echo", int.class, 1))).isEqualTo(1);
            refusing.disconnect();
            connect(client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsWithAServerThatSpeaksOtherwise(Way way) throws Exception {
        try (var client = server.client(way).reconnection(Reconnection.NONE).build()) {
            assertThat(failure(client.connect())).isInstanceOf(ConnectFailedException.class);
            assertThat(client.active()).isFalse();
        }
    }
}
