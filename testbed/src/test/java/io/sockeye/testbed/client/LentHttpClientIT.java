package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Reconnection;
import io.sockeye.client.SocketClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many clients over one HTTP client of the user's, whose threads read in turns. The server's pings would be overdue after 45
 * seconds: what is heard earlier was not heard by them.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LentHttpClientIT {
    private static final int CLIENTS = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    /** How the server ends the connection. */
    @FunctionalInterface
    private interface End {
        void of(ScriptedWebSocket socket) throws IOException;
    }

    @Test
    void hearsAnEndRightBehindAMessage() throws Exception {
        hearsTheEnd(ScriptedWebSocket::end);
    }

    @Test
    void hearsACloseFrameRightBehindAMessage() throws Exception {
        hearsTheEnd(socket -> {
            socket.close(1000, "");
            socket.end();
        });
    }

    @Test
    void hearsAResetRightBehindAMessage() throws Exception {
        hearsTheEnd(ScriptedWebSocket::reset);
    }

    private void hearsTheEnd(End end) throws Exception {
        var connected = new CountDownLatch(CLIENTS);
        Queue<DisconnectReason> ends = new ConcurrentLinkedQueue<>();
        List<SocketClient> clients = new ArrayList<>();
        try (var server = ScriptedServer.before(1)) {
            server.script(exchange -> {
                var socket = exchange.acceptWebSocket();
                socket.text(Scripts.OPEN);
                socket.read();
                socket.text(Scripts.CONNECTED);
                connected.await();
                socket.text("42[\"last\"]");
                end.of(socket);
            });
            var http = HttpClient.newBuilder().executor(threads).build();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(client(server, http, ends));
            }
            for (var client : clients) {
                connect(client);
                connected.countDown();
            }
            until(() -> ends.size() == CLIENTS);
            assertThat(ends).isSubsetOf(DisconnectReason.TRANSPORT_CLOSE, DisconnectReason.TRANSPORT_ERROR);
        } finally {
            clients.forEach(SocketClient::close);
            threads.shutdown();
        }
    }

    private static SocketClient client(ScriptedServer server, HttpClient http, Queue<DisconnectReason> ends) {
        var client = Way.WEBSOCKET
                .set(SocketClient.builder(server.url()))
                .httpClient(http)
                .reconnection(Reconnection.NONE)
                .build();
        client.onDisconnect(end -> ends.add(end.reason()));
        return client;
    }
}
