package io.sockeye.testbed.client;

import static io.sockeye.client.DisconnectReason.PING_TIMEOUT;
import static io.sockeye.client.DisconnectReason.TRANSPORT_CLOSE;
import static io.sockeye.client.DisconnectReason.TRANSPORT_ERROR;
import static io.sockeye.testbed.client.ScriptedWebSocket.BINARY;
import static io.sockeye.testbed.client.ScriptedWebSocket.CLOSE;
import static io.sockeye.testbed.client.ScriptedWebSocket.CONTINUATION;
import static io.sockeye.testbed.client.ScriptedWebSocket.FIN;
import static io.sockeye.testbed.client.ScriptedWebSocket.PING;
import static io.sockeye.testbed.client.ScriptedWebSocket.PONG;
import static io.sockeye.testbed.client.ScriptedWebSocket.TEXT;
import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static io.sockeye.testbed.client.Waiting.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Disconnection;
import io.sockeye.event.DisconnectedException;
import io.sockeye.server.SocketServer;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens on a WebSocket below the packets, the connection ends with a documented reason and comes back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class MisbehavingFramesIT {
    private static final int MAX_BYTES = 100_000;

    private static SocketServer good;

    /** What is sent once the socket is connected, and how the connection must end. */
    record Bad(String name, Scripts.Frames frames, DisconnectReason reason, String words) {
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

    static Stream<Bad> endsWithAReasonAndComesBack() {
        return Stream.of(
                new Bad("masked", ws -> ws.raw(bytes(FIN | TEXT, 0x81, 1, 2, 3, 4, '6' ^ 1)), TRANSPORT_ERROR, ""),
                new Bad("reserved opcode", ws -> ws.frame(FIN | 3, (byte) 1), TRANSPORT_ERROR, ""),
                new Bad("reserved control opcode", ws -> ws.frame(FIN | 11), TRANSPORT_ERROR, ""),
                new Bad("reserved bit", ws -> ws.frame(FIN | 0x40 | TEXT, (byte) '6'), TRANSPORT_ERROR, ""),
                new Bad("ping in fragments", ws -> ws.frame(PING), TRANSPORT_ERROR, ""),
                new Bad("long ping", ws -> ws.frame(FIN | PING, new byte[126]), TRANSPORT_ERROR, ""),
                new Bad("continuation of nothing", ws -> ws.frame(FIN | CONTINUATION, (byte) 1), TRANSPORT_ERROR, ""),
                new Bad("text amid fragments", MisbehavingFramesIT::interleave, TRANSPORT_ERROR, ""),
                new Bad("no UTF-8", ws -> ws.frame(FIN | TEXT, bytes('4', 0xff, 0xfe)), TRANSPORT_ERROR, ""),
                new Bad(
                        "negative length",
                        ws -> ws.raw(bytes(FIN | TEXT, 127, 0xff, 0, 0, 0, 0, 0, 0, 0)),
                        TRANSPORT_ERROR,
                        ""),
                new Bad(
                        "too long",
                        ws -> ws.frame(FIN | BINARY, new byte[MAX_BYTES + 1]),
                        TRANSPORT_ERROR,
                        "a message of more than 100000 bytes"),
                new Bad("too long in fragments", MisbehavingFramesIT::fragments, TRANSPORT_ERROR, "more than 100000"),
                new Bad("endless", MisbehavingFramesIT::endless, TRANSPORT_ERROR, "more than 100000"),
                new Bad("normal close", ws -> ws.close(1000, ""), TRANSPORT_CLOSE, "closed by the server with 1000"),
                new Bad("going away", ws -> ws.close(1001, "restart"), TRANSPORT_CLOSE, "with 1001: restart"),
                new Bad("own close code", ws -> ws.close(4999, "é"), TRANSPORT_CLOSE, "with 4999: é"),
                new Bad("close without code", ws -> ws.frame(FIN | CLOSE), TRANSPORT_CLOSE, "with 1005"),
                new Bad("close with half a code", ws -> ws.frame(FIN | CLOSE, (byte) 3), TRANSPORT_ERROR, ""),
                new Bad("close code 0", ws -> ws.close(0, ""), TRANSPORT_ERROR, ""),
                new Bad("close code 1006", ws -> ws.close(1006, ""), TRANSPORT_ERROR, ""),
                new Bad(
                        "close reason no UTF-8",
                        ws -> ws.frame(FIN | CLOSE, bytes(3, 0xe8, 0xff)),
                        TRANSPORT_ERROR,
                        ""),
                new Bad(
                        "cut amid a frame",
                        ws -> {
                            ws.raw(bytes(FIN | TEXT, 100, '4', '2'));
                            ws.reset();
                        },
                        TRANSPORT_ERROR,
                        ""),
                new Bad("reset", ScriptedWebSocket::reset, TRANSPORT_ERROR, ""),
                new Bad("ended without goodbye", ScriptedWebSocket::end, TRANSPORT_CLOSE, "with 1006"));
    }

    @ParameterizedTest
    @MethodSource
    void endsWithAReasonAndComesBack(Bad bad) throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = GoodServer.client(server, Way.WEBSOCKET)
                        .maxMessageBytes(MAX_BYTES)
                        .build()) {
            server.script(Scripts.webSocket(server, socket -> {
                socket.text(Scripts.CONNECTED);
                socket.read();
                bad.frames().send(socket);
            }));
            var ends = new LinkedBlockingQueue<Disconnection>();
            client.onDisconnect(ends::add);
            connect(client);
            var lost = client.request("question");
            var end = take(ends);
            assertThat(end.reason()).as("%s", end).isEqualTo(bad.reason());
            assertThat(end.details()).isNotEmpty().contains(bad.words());
            assertThat(failure(lost)).isInstanceOf(DisconnectedException.class);
            until(client::connected);
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
        }
    }

    /** JDK 25 tells nobody then; the heartbeat does. */
    @Test
    void noticesAnEndAmidAFrame() throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = GoodServer.client(server, Way.WEBSOCKET).build()) {
            server.script(exchange -> {
                var socket = exchange.acceptWebSocket();
                socket.text(Scripts.OPEN.replace("25000", "300").replace("20000", "300"));
                socket.text(Scripts.CONNECTED);
                socket.read();
                server.heal();
                socket.raw(bytes(FIN | TEXT, 100, '4', '2'));
                socket.end();
            });
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            client.onDisconnect(end -> ends.add(end.reason()));
            connect(client);
            assertThat(take(ends)).isIn(TRANSPORT_CLOSE, PING_TIMEOUT);
            until(client::connected);
        }
    }

    /** On JDK 17 and 25 its WebSocket misses that on other threads than the one that reads. */
    @Test
    void noticesAnEndRightBehindAMessage() throws Exception {
        for (int i = 0; i < 30; i++) {
            try (var server = ScriptedServer.before(good.port());
                    var client = GoodServer.client(server, Way.WEBSOCKET).build()) {
                server.script(Scripts.webSocket(server, socket -> {
                    socket.text(Scripts.CONNECTED);
                    socket.text("42[\"last\"]");
                    socket.end();
                }));
                var ends = new LinkedBlockingQueue<DisconnectReason>();
                client.onDisconnect(end -> ends.add(end.reason()));
                connect(client);
                assertThat(take(ends)).as("client %d", i).isIn(TRANSPORT_CLOSE, TRANSPORT_ERROR);
            }
        }
    }

    private static void interleave(ScriptedWebSocket socket) throws Exception {
        socket.frame(TEXT, (byte) '4');
        socket.frame(FIN | TEXT, (byte) '6');
    }

    private static void fragments(ScriptedWebSocket socket) throws Exception {
        socket.frame(TEXT, bytes('4', '2'));
        for (int i = 0; i < 11; i++) {
            socket.frame(CONTINUATION, "x".repeat(10_000).getBytes(UTF_8));
        }
    }

    /** A frame that says it has a terabyte. */
    private static void endless(ScriptedWebSocket socket) throws Exception {
        socket.raw(bytes(FIN | BINARY, 127, 0, 0, 1, 0, 0, 0, 0, 0));
        while (true) {
            socket.raw(new byte[10_000]);
        }
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void takesWhatWebSocketAllows() throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = GoodServer.client(server, Way.WEBSOCKET).build()) {
            server.script(Scripts.webSocket(server, MisbehavingFramesIT::legal));
            var heard = new LinkedBlockingQueue<String>();
            client.on("said", String.class, heard::add).onDisconnect(end -> heard.add(end.toString()));
            connect(client);
            assertThat(take(heard)).isEqualTo("😀");
            assertThat(take(heard)).isEqualTo("done");
        }
    }

    private static void legal(ScriptedWebSocket socket) throws Exception {
        socket.text(Scripts.CONNECTED);
        socket.frame(FIN | PONG, (byte) 1);
        socket.frame(FIN | PING, new byte[125]);
        var text = "42[\"said\",\"😀\"]".getBytes(UTF_8);
        for (int i = 0; i < text.length; i++) {
            socket.frame(i == 0 ? TEXT : CONTINUATION, Arrays.copyOfRange(text, i, i + 1));
            socket.frame(FIN | PING);
            socket.frame(CONTINUATION);
        }
        socket.frame(FIN | CONTINUATION);
        socket.text("42[\"said\",\"done\"]");
    }

    @Test
    void countsTheFirstAcknowledgementOfEachEvent() throws Exception {
        try (var server = ScriptedServer.before(good.port());
                var client = GoodServer.client(server, Way.WEBSOCKET).build()) {
            server.script(Scripts.webSocket(server, socket -> {
                socket.text(Scripts.CONNECTED);
                assertThat(socket.read()).isEqualTo("420[\"question\"]");
                socket.text("430[1]");
                socket.text("430[2]");
                assertThat(socket.read()).isEqualTo("421[\"question\"]");
                socket.text("430[3]");
                socket.text("431[4]");
            }));
            connect(client);
            assertThat(get(client.request("question", int.class))).isEqualTo(1);
            assertThat(get(client.request("question", int.class))).isEqualTo(4);
        }
    }
}
