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
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.event.DisconnectedException;
import io.sockeye.protocol.TransportKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breaks of all kinds between our client and npm's socket.io. */
final class ReconnectionIT {
    private NodeServer server;
    private TcpProxy proxy;

    /** What the client tells of its connection, in order. */
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        server = NodeServer.start(Map.of("pingInterval", 200, "pingTimeout", 600));
        proxy = TcpProxy.to(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        server.close();
    }

    private SocketClientBuilder builder(Way way) {
        return way.set(SocketClient.builder(proxy.url())).reconnection(GoodServer.QUICK);
    }

    private SocketClient listened(SocketClient client) {
        client.onConnection(new ConnectionListener() {
            @Override
            public void reconnectAttempt(int attempt) {
                told.add("attempt " + attempt);
            }

            @Override
            public void reconnectError(int attempt, ConnectFailedException failure) {
                told.add("failed " + attempt + " active " + client.active());
            }

            @Override
            public void reconnected(int attempt) {
                told.add("reconnected " + attempt);
            }

            @Override
            public void reconnectFailed() {
                told.add("given up");
            }
        });
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void comesBackToARestartedServerWithWhatWasEmittedMeanwhile(Way way) throws Exception {
        try (var client = listened(builder(way).build())) {
            var ends = new LinkedBlockingQueue<Disconnection>();
            client.onDisconnect(ends::add);
            connect(client);
            get(client.request("note", 1));
            var id = client.id();
            server.kill();
            assertThat(take(ends).reason()).isIn(DisconnectReason.TRANSPORT_ERROR, DisconnectReason.TRANSPORT_CLOSE);
            assertThat(client.active()).isTrue();
            assertThat(client.connected()).isFalse();
            IntStream.range(0, 300).forEach(i -> client.emit("note", i));
            assertThat(List.of(take(told), take(told), take(told)))
                    .containsExactly("attempt 1", "failed 1 active true", "attempt 2");
            server.restart();
            get(client.request("note", 300));
            assertThat(server.received())
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(0, 300).boxed().toList());
            assertThat(client.id()).isPresent().isNotEqualTo(id);
            assertThat(told).anyMatch(line -> line.startsWith("reconnected "));
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POLLING", mode = EnumSource.Mode.EXCLUDE) // Polling survives it: the JDK polls once more.
    void failsRequestsThatWereUnderWayWhenTheConnectionIsReset(Way way) throws Exception {
        try (var client = builder(way).build()) {
            connect(client);
            var lost = client.request("never acknowledged");
            get(client.request("echo", 1));
            until(() -> client.transport().equals(Optional.of(TransportKind.WEBSOCKET)));
            proxy.cut();
            assertThat(failure(lost)).isInstanceOf(DisconnectedException.class);
            assertThat(get(client.request("echo", int.class, 2))).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noticesAHalfOpenConnection(Way way) throws Exception {
        try (var client = builder(way).build()) {
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            client.onDisconnect(end -> ends.add(end.reason()));
            connect(client);
            get(client.request("echo", 1));
            proxy.freeze();
            assertThat(take(ends)).isEqualTo(DisconnectReason.PING_TIMEOUT);
            proxy.thaw();
            assertThat(get(client.request("echo", int.class, 2))).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noticesAServerThatFallsSilent(Way way) throws Exception {
        try (var client = builder(way).build()) {
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            client.onDisconnect(end -> ends.add(end.reason()));
            connect(client);
            get(client.request("echo", 1));
            server.run("silence");
            assertThat(take(ends)).isEqualTo(DisconnectReason.PING_TIMEOUT);
            until(client::connected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesUpAfterTheLastAttempt(Way way) throws Exception {
        try (var client =
                listened(builder(way).reconnection(GoodServer.QUICK.attempts(2)).build())) {
            connect(client);
            get(client.request("echo", 1));
            server.kill();
            assertThat(List.of(take(told), take(told), take(told), take(told), take(told)))
                    .containsExactly(
                            "attempt 1", "failed 1 active true", "attempt 2", "failed 2 active false", "given up");
            server.restart();
            connect(client);
            assertThat(get(client.request("echo", int.class, 2))).isEqualTo(2);
        }
    }

    @Test
    void countsAttemptsFromTheFirstFailureOn() throws Exception {
        server.kill();
        try (var client = listened(builder(Way.WEBSOCKET).build())) {
            var first = failure(client.connect());
            assertThat(((ConnectFailedException) first).reason()).isIn(Reason.CONNECTION_LOST, Reason.UNREACHABLE);
            assertThat(take(told)).isEqualTo("attempt 1");
            server.restart();
            until(client::connected);
            assertThat(take(told)).isIn("failed 1 active true", "reconnected 1");
        }
    }

    @Test
    void stopsTryingWhenNobodyWantsItAnyMore() throws Exception {
        try (var client = listened(builder(Way.POLLING).build())) {
            var chat = client.of("/chat");
            connect(client);
            connect(chat);
            server.kill();
            take(told);
            client.disconnect();
            chat.disconnect();
            until(() -> !chat.active());
            told.clear();
            server.restart();
            connect(chat);
            assertThat(told).isEmpty();
            assertThat(client.connected()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void bringsAllNamespacesBack(Way way) throws Exception {
        try (var client = builder(way).build()) {
            var chat = client.of("/chat");
            var connects = new LinkedBlockingQueue<String>();
            for (var socket : List.of(client, chat)) {
                socket.onConnect(() -> connects.add(socket.namespace()));
                connect(socket);
                take(connects);
            }
            server.run("close");
            assertThat(List.of(take(connects), take(connects))).containsExactlyInAnyOrder("/", "/chat");
            assertThat(get(chat.request("echo", int.class, 2))).isEqualTo(2);
        }
    }
}
