package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.json.Json;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose packets are spelled by a parser of the user's own. */
@Timeout(30)
class ParserIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.parser(new Letters()));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        server.on(
                "ask",
                (socket, args) -> socket.request("question", String.class, 1)
                        .thenAccept(answer -> socket.broadcast().emit("answer", answer)));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        server.of("/closed").use(context -> {
            throw new ConnectionRefused("no");
        });
    }

    @Test
    void spellsPacketsBothWays() throws Exception {
        try (var client = join();
                var other = join()) {
            client.send("4E / 7 [\"echo\",{\"a\":[1]}]");
            client.send("4.");
            assertThat(client.expect("4A")).isEqualTo("4A / 7 [{\"a\":[1]}]");
            client.send("4E / -1 [\"ask\"]");
            client.send("4.");
            assertThat(client.expect("4E")).isEqualTo("4E / 0 [\"question\",1]");
            assertThat(client.next()).isEqualTo("4.");
            client.send("4A / 0 [\"yes\"]");
            assertThat(other.expect("4E")).isEqualTo("4E / -1 [\"answer\",\"yes\"]");
            assertThat(other.expect("4.")).isEqualTo("4.");
            client.send("4C /closed");
            assertThat(client.expect("4R")).isEqualTo("4R /closed");
            client.send("4C /unknown");
            assertThat(client.expect("4R")).isEqualTo("4R /unknown");
        }
    }

    @Test
    void spellsTheServersGoodbye() throws Exception {
        server.on("bye", (socket, args) -> socket.disconnect());
        try (var client = join()) {
            client.send("4E / -1 [\"bye\"]");
            client.send("4.");
            assertThat(client.expect("4D")).isEqualTo("4D /");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4X / 1 []", "4E / -1 [\"connect\"]", "4E / -1 [\"x\"", "4A / -1 []", "4E nothing 1 []"})
    void whatItRefusesEndsTheConnection(String message) throws Exception {
        try (var client = join();
                var other = join()) {
            client.send(message);
            assertThat(notes.next()).isEqualTo("parse error");
            client.expect("close");
            other.send("4E / 1 [\"echo\",2]");
            other.send("4.");
            assertThat(other.expect("4A")).isEqualTo("4A / 1 [2]");
        }
    }

    @Test
    void aPacketThatIsNeverCompletedEndsTheConnection() throws Exception {
        server = servers.start(builder -> builder.parser(new Letters())
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(600)));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = join()) {
            client.send("4E / -1 [\"echo\",1]");
            client.expect("close"); // having answered pings
            assertThat(notes.next()).isEqualTo("parse error");
        }
    }

    @ParameterizedTest
    @CsvSource({"websocket, false", "websocket, true", "polling, false", "polling, true"})
    void oneThatCannotBeHadEndsTheConnection(String transport, boolean checked) throws Exception {
        server = servers.start(builder -> {
            var settings = builder.parser(new Unavailable());
            return checked ? settings.allowRequest(request -> {}) : settings;
        });
        try (var wire = Wire.to(server)) {
            if (transport.equals("websocket")) {
                WebSocketClient.request(wire, "");
            } else {
                wire.request("GET", "/socket.io/?EIO=4&transport=polling", "");
            }
            assertThat(wire.ends()).isTrue();
        }
    }

    @Test
    void thereIsNoServerWithoutOne() {
        @SuppressWarnings("NullAway") // what a caller without NullAway may do
        var refused = assertThatThrownBy(() -> SocketServer.builder().parser(null));
        refused.isInstanceOf(NullPointerException.class);
    }

    private WebSocketClient join() throws Exception {
        var client = WebSocketClient.open(server);
        client.send("4C /");
        assertThat(client.expect("4C")).isEqualTo("4C /");
        return client;
    }

    /** A parser that lacks something. */
    private static final class Unavailable implements Parser {
        @Override
        public List<EnginePacket> encode(SocketPacket packet) {
            return Parser.standard().encode(packet);
        }

        @Override
        public Decoder decoder(Json json, SocketLimits limits) {
            throw new NoClassDefFoundError("the library of the format");
        }
    }
}
