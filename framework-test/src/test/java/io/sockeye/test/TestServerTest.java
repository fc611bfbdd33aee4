package io.sockeye.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.DisconnectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TestServerTest {
    private final List<Object> seen = new ArrayList<>();

    @Test
    void clientsSayWhoTheyAre() {
        try (var server = TestServer.create()) {
            server.server().of("/chat").use(context -> {
                seen.add(context.auth(Map.class));
            });
            server.server().of("/chat").onConnection(socket -> {
                seen.add(socket.handshake().query("color").orElse(""));
                seen.add(socket.handshake().header("cookie").orElse(""));
            });

            server.connection()
                    .query("color", "red & blue")
                    .header("Cookie", "a=1")
                    .join("/chat", Map.of("name", "Ann"));

            assertThat(seen).containsExactly(Map.of("name", "Ann"), "red & blue", "a=1");
        }
    }

    @Test
    void refusedClientsAreToldAsInProduction() {
        try (var server = TestServer.create()) {
            server.server().use(context -> {
                throw new ConnectionRefused("not you", Map.of("retry", false));
            });

            assertThatThrownBy(server::connect).isInstanceOfSatisfying(ConnectFailedException.class, it -> {
                assertThat(it.reason()).isEqualTo(Reason.REFUSED);
                assertThat(it).hasMessage("not you");
                assertThat(it.data().orElseThrow()).hasToString("OBJECT {\"retry\":false}");
            });
            assertThatThrownBy(() -> server.connect("/nowhere")).hasMessage("Invalid namespace");
        }
    }

    @Test
    void connectionsMayBeRefused() {
        try (var server = TestServer.of(settings -> settings.allowRequest(request -> {
            throw new IllegalStateException("a bug");
        }))) {
            assertThatThrownBy(server::connect)
                    .isInstanceOfSatisfying(
                            ConnectFailedException.class,
                            it -> assertThat(it.reason()).isEqualTo(Reason.HTTP_STATUS));
        }
    }

    @Test
    void oneConnectionMayHaveSeveralNamespaces() {
        try (var server = TestServer.create()) {
            server.server().of(Pattern.compile("/room-\\d"));
            var client = server.connection();
            var first = client.join("/room-1");
            var second = client.join("/room-2");

            first.disconnectAll();

            assertThat(first.connectionOpen()).isFalse();
            assertThat(second.connected()).isFalse();
            assertThatThrownBy(() -> client.query("a", "b")).hasMessage("the connection was opened");
            assertThatThrownBy(() -> client.join("/room-3"))
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessage("the server has closed the connection");
        }
    }

    @Test
    void middlewareMayDecideOnOtherThreads() {
        try (var server = TestServer.create()) {
            server.server()
                    .useAsync(context ->
                            CompletableFuture.runAsync(() -> context.data().put("late", true)));

            assertThat(server.connect().data()).containsEntry("late", true);
        }
    }

    @Test
    void aServerThatIsClosedSaysGoodbye() {
        var server = TestServer.create();
        server.server().onDisconnect((socket, reason) -> seen.add(reason));
        var socket = server.connect();

        server.close();

        assertThat(seen).containsExactly(DisconnectReason.SERVER_SHUTTING_DOWN);
        assertThat(socket.connectionOpen()).isFalse();
        assertThatThrownBy(server::connect).hasMessage("the server was closed");
    }

    @Test
    void messagesThatAreTooLongEndTheConnection() {
        try (var server = TestServer.of(settings -> settings.maxPayload(100))) {
            var socket = server.connect();

            socket.receive("say", "x".repeat(100));

            assertThat(socket.connectionOpen()).isFalse();
        }
    }

    @Test
    void settingsThatNeedANetworkDoNotCount() {
        try (var server = TestServer.of(settings ->
                settings.path("/elsewhere/").transports(TransportKind.POLLING).handlersOnEventLoop())) {
            assertThat(server.connect().connected()).isTrue();
        }
    }

    @Test
    void socketsThatMayComeBackStayInTheirRoomsUntilTimeIsOver() {
        try (var server = TestServer.of(
                settings -> settings.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))))) {
            server.server().onDisconnect((socket, reason) -> seen.add(reason));
            var socket = server.connect();
            socket.join("lobby");

            socket.loseConnection();
            server.advance(Duration.ofMinutes(2));

            assertThat(seen).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
            assertThat(socket.leftRooms()).containsExactly("lobby");
        }
    }

    @Test
    void timeDoesNotGoBack() {
        try (var server = TestServer.create()) {
            assertThatThrownBy(() -> server.advance(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("time: PT-0.001S");
        }
    }
}
