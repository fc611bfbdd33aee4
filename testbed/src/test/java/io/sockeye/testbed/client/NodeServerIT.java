package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Events and acknowledgements between our client and npm's socket.io, over each way of transport. */
final class NodeServerIT {
    private static NodeServer server;

    /** Binary values at several depths. */
    @SuppressWarnings("ArrayRecordComponent") // As users write them.
    record Album(String title, byte[] cover, List<byte[]> pages, Map<String, ByteBuffer> notes, Integer missing) {}

    @BeforeAll
    static void start() throws Exception {
        server = NodeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void emitsAndHears(Way way) throws Exception {
        try (var client = server.client(way).build()) {
            var heard = new LinkedBlockingQueue<Args>();
            client.on("echo", heard::add);
            connect(client);
            client.emit("echo", "é€😀\u2028\u0000\u001e", 1.5, true, null, List.of(Map.of("k", List.of())));
            var args = take(heard);
            assertThat(args.size()).isEqualTo(5);
            assertThat(args.get(0, String.class)).isEqualTo("é€😀\u2028\u0000\u001e");
            assertThat(args.get(1, double.class)).isEqualTo(1.5);
            assertThat(args.get(2, boolean.class)).isTrue();
            assertThat(args.get(3, String.class)).isNull();
            assertThat(args.value(4).raw().utf8()).isEqualTo("[{\"k\":[]}]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void getsAllValuesOfAnAcknowledgement(Way way) throws Exception {
        try (var client = server.client(way).build()) {
            connect(client);
            var answer = get(client.request("echo", 1, "two", new byte[] {3}));
            assertThat(answer.get(0, int.class)).isEqualTo(1);
            assertThat(answer.get(1, String.class)).isEqualTo("two");
            assertThat(answer.get(2, byte[].class)).containsExactly(3);
            assertThat(get(client.request("echo", String.class, "{\"looks\":\"like JSON\"}")))
                    .isEqualTo("{\"looks\":\"like JSON\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesBinaryValuesAnywhereInARecord(Way way) throws Exception {
        var album = new Album(
                "a", new byte[0], List.of(new byte[] {1}, new byte[] {2, -1}), Map.of("n", buffer(7, 8)), null);
        try (var client = server.client(way).build()) {
            connect(client);
            var back = get(client.request("echo", Album.class, album));
            assertThat(back.title()).isEqualTo("a");
            assertThat(back.cover()).isEmpty();
            assertThat(back.pages()).containsExactly(new byte[] {1}, new byte[] {2, -1});
            assertThat(back.notes().get("n")).isEqualTo(buffer(7, 8));
            assertThat(back.missing()).isNull();
        }
    }

    private static ByteBuffer buffer(int... values) {
        var buffer = ByteBuffer.allocate(values.length);
        IntStream.of(values).forEach(value -> buffer.put((byte) value));
        return buffer.flip();
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderOfWhatWasEmittedBeforeAndWhileItConnects(Way way) throws Exception {
        try (var client = server.client(way).build()) {
            var heard = new LinkedBlockingQueue<Integer>();
            client.on("echo", Integer.class, heard::add);
            IntStream.range(0, 500).forEach(i -> client.emit("echo", i));
            var connecting = client.connect();
            IntStream.range(500, 1_000).forEach(i -> client.emit("echo", i));
            get(connecting);
            IntStream.range(1_000, 1_500).forEach(i -> client.emit("echo", i));
            for (int i = 0; i < 1_500; i++) {
                assertThat(take(heard)).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsABurstInOrder(Way way) throws Exception {
        try (var client = server.client(way).build()) {
            var heard = new LinkedBlockingQueue<Integer>();
            client.on("burst", Integer.class, heard::add);
            connect(client);
            client.emit("burst", 3_000);
            for (int i = 0; i < 3_000; i++) {
                assertThat(take(heard)).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersWhatTheServerAsks(Way way) throws Exception {
        try (var client = server.client(way).build()) {
            var answers = new LinkedBlockingQueue<Args>();
            client.on("question", args -> args.ack(args.get(0, String.class) + "!", new byte[] {1}));
            client.on("answer", answers::add);
            connect(client);
            client.emit("ask", "yes");
            var answer = take(answers);
            assertThat(answer.get(0, String.class)).isEqualTo("yes!");
            assertThat(answer.get(1, byte[].class)).containsExactly(1);
        }
    }

    @Test
    void letsTheServersTimeoutPassWithoutAnAnswer() throws Exception {
        try (var client = server.client(Way.WEBSOCKET).build()) {
            var outcomes = new LinkedBlockingQueue<String>();
            client.on("asked", String.class, outcomes::add);
            connect(client);
            client.emit("ask in time", 50);
            assertThat(take(outcomes)).isEqualTo("timeout");
            client.on("question", args -> args.ack());
            client.emit("ask in time", 10_000);
            assertThat(take(outcomes)).isEqualTo("answered");
        }
    }

    @Test
    void failsWhatIsNotAcknowledgedInTime() throws Exception {
        try (var client = server.client(Way.WEBSOCKET).build()) {
            connect(client);
            var limited = client.timeout(Duration.ofMillis(50));
            assertThat(failure(limited.request("never acknowledged")))
                    .isInstanceOf(AckTimeoutException.class)
                    .hasMessage("no acknowledgement of 'never acknowledged' within 50 ms");
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
        }
    }

    /** A type whose reading fails with an exception that is none of Jackson's. */
    @JsonDeserialize(using = Unreadable.Reader.class)
    static final class Unreadable {
        static final class Reader extends ValueDeserializer<Unreadable> {
            @Override
            public Unreadable deserialize(JsonParser parser, DeserializationContext context) {
                throw new IllegalStateException("not today");
            }
        }
    }

    @Test
    void failsWhatCannotBeReadWithWhateverItsReaderThrows() throws Exception {
        try (var client = server.client(Way.WEBSOCKET).build()) {
            connect(client);
            assertThat(failure(client.request("echo", Unreadable.class, 1))).hasMessageContaining("not today");
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
        }
    }

    @Test
    void neverSendsWhatTimedOutBeforeTheConnection() throws Exception {
        try (var client = server.client(Way.POLLING).build()) {
            var limited = client.timeout(Duration.ofMillis(1));
            assertThat(failure(limited.request("note", -7))).isInstanceOf(AckTimeoutException.class);
            connect(client);
            get(client.request("note", 7));
            assertThat(server.received()).contains(7).doesNotContain(-7);
        }
    }

    @Test
    void dropsVolatileEventsThatCannotLeaveAtOnce() throws Exception {
        try (var client = server.client(Way.WEBSOCKET).build()) {
            client.asVolatile().emit("note", -8);
            connect(client);
            client.asVolatile().emit("note", 8);
            get(client.request("note", 9));
            assertThat(server.received()).contains(8, 9).doesNotContain(-8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsEverythingToCatchAllHandlers(Way way) throws Exception {
        try (var client = server.client(way).build()) {
            var seen = new LinkedBlockingQueue<String>();
            client.on("echo", args -> seen.add("handler"));
            client.onAny((event, args) -> seen.add("in " + event + " " + args.get(0, String.class)));
            client.prependAny((event, args) -> seen.add("first"));
            client.onAnyOutgoing((event, args) -> seen.add("out " + event));
            connect(client);
            client.emit("echo", "a");
            assertThat(List.of(take(seen), take(seen), take(seen), take(seen)))
                    .containsExactly("out echo", "first", "in echo a", "handler");
        }
    }

    @ParameterizedTest
    @CsvSource({"POLLING,10000", "WEBSOCKET,20000", "UPGRADE,30000"})
    void hasSentWhatIsAcknowledgedWhenItCloses(Way way, int first) throws Exception {
        try (var client = server.client(way).build()) {
            connect(client);
            IntStream.range(0, 200).forEach(i -> client.emit("note", first + i));
            get(client.request("echo", 1));
        }
        assertThat(server.received())
                .containsSubsequence(IntStream.range(first, first + 200).boxed().toList());
    }

    @Test
    void takesUncompressedEventsAsAnyOther() throws Exception {
        try (var client = server.client(Way.UPGRADE).build()) {
            connect(client);
            var plain = client.compress(false);
            assertThat(get(plain.request("echo", String.class, "x".repeat(5_000))))
                    .hasSize(5_000);
        }
    }
}
