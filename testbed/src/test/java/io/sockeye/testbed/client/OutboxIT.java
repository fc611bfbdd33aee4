package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.Disconnection;
import io.sockeye.client.NotSentException;
import io.sockeye.client.SocketClient;
import io.sockeye.event.Rejection;
import io.sockeye.server.SocketServer;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the client cannot send is told to who wanted it, and the connection lives on. */
@Timeout(60)
final class OutboxIT {
    private SocketServer server;

    @BeforeEach
    void start() {
        server = SocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .maxPayload(200_000)
                .build();
        server.onRequest("length", String.class, (socket, text) -> text.length());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @ParameterizedTest
    @EnumSource
    void staysConnectedWhenAnEventIsTooBigForTheServer(Way way) throws Exception {
        var errors = new LinkedBlockingQueue<Throwable>();
        try (var client = way.set(SocketClient.builder(url()))
                .onError((error, where) -> errors.add(error))
                .build()) {
            var ends = new LinkedBlockingQueue<Disconnection>();
            client.onDisconnect(ends::add);
            var early = client.request("length", Integer.class, "x".repeat(200_000));
            connect(client);
            assertThat(failure(early)).hasMessage("event 'length': 200,016 bytes, the server takes 200,000");
            client.emit("length", (Object) new byte[200_001]);
            assertThat(take(errors))
                    .isInstanceOf(NotSentException.class)
                    .hasMessageContaining(", the server takes 200,000");
            var fitting = "x".repeat(200_000 - 16);
            assertThat(get(client.request("length", Integer.class, fitting))).isEqualTo(fitting.length());
            assertThat(ends).isEmpty();
        }
    }

    @Test
    void holdsNoMoreThanItsOutboxWhileOffline() throws Exception {
        var text = "x".repeat(1_000);
        try (var client = SocketClient.builder(url()).build()) {
            int accepted = 0;
            try {
                for (; accepted < 200_000; accepted++) {
                    client.emit("length", text);
                }
            } catch (NotSentException e) {
                assertThat(e.reason()).isEqualTo(NotSentException.Reason.OUTBOX_FULL);
            }
            assertThat(accepted).isBetween(15_000, 16_000);
            assertThat(client.waitingBytes()).isBetween((16L << 20) - 2_000, 16L << 20);
            assertThatThrownBy(() -> client.emit("length", text)).isInstanceOf(NotSentException.class);
            connect(client);
            until(() -> client.waitingBytes() == 0);
            assertThat(get(client.request("length", Integer.class, text))).isEqualTo(1_000);
            assertThat(client.waitingBytes()).isZero();
        }
    }

    @Test
    void hearsOfRejections() throws Exception {
        server.on(
                "rename",
                (socket, args) ->
                        args.ack(Map.of("error", Map.of("message", "no", "data", args.get(0, String.class)))));
        try (var client = SocketClient.builder(url()).build()) {
            connect(client);
            assertThat(failure(client.request("rename", Boolean.class, "Ada")))
                    .isInstanceOfSatisfying(Rejection.class, rejection -> {
                        assertThat(rejection).hasMessage("no");
                        assertThat(rejection.data(String.class)).contains("Ada");
                    });
        }
    }
}
