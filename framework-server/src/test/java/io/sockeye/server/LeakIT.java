package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is gone leaves nothing behind. */
@Timeout(120)
class LeakIT {
    private static final int SESSIONS = 2_000;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Queue<WeakReference<Object>> everything = new ConcurrentLinkedQueue<>();
    private final CountDownLatch gone = new CountDownLatch(SESSIONS);

    @Test
    void nothingIsLeftOfTwoThousandSessions() throws Exception {
        var second = Duration.ofSeconds(1); // Who polls no more is gone after two.
        var server =
                servers.start(builder -> builder.loops(3).pingInterval(second).pingTimeout(second));
        server.onConnection(this::occupy);
        server.of("/other").onConnection(this::occupy);
        server.onDisconnect((socket, reason) -> gone.countDown());
        for (int i = 0; i < SESSIONS; i++) {
            comeAndGo(server, i);
        }
        assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.fetchSockets().get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(everything).hasSizeGreaterThanOrEqualTo(2 * SESSIONS);
        assertThat(left()).isZero();
        assertThat(server.usage().get(10, TimeUnit.SECONDS))
                .isEqualTo(new ServerUsage(0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    /** Takes part in all that a socket can take part in. */
    private void occupy(Socket socket) {
        everything.add(new WeakReference<>(socket));
        everything.add(new WeakReference<>(Inside.of(socket).connection()));
        socket.join("all", "room " + socket.id());
        socket.on("own", (who, args) -> {});
        socket.data().put("data", new byte[100]);
        socket.timeout(Duration.ofMinutes(10)).request("never answered", String.class);
        socket.request("never answered either", String.class);
        socket.broadcast().timeout(Duration.ofMinutes(10)).request("nor this");
    }

    private static void comeAndGo(SocketServer server, int i) throws Exception {
        if (i % 4 == 3) {
            comeAndGoPolling(server, i);
            return;
        }
        try (var client = WebSocketClient.join(server)) {
            switch (i % 4) {
                case 0 -> client.send("41");
                case 1 -> joinOther(client);
                default -> client.wire().reset();
            }
        }
    }

    private static void joinOther(WebSocketClient client) throws Exception {
        client.send("40/other,");
        while (!client.next().startsWith("40/other,")) {
            // Questions of the connection handler come before.
        }
    }

    private static void comeAndGoPolling(SocketServer server, int i) throws Exception {
        try (var client = PollingClient.join(server)) {
            switch (i % 5) {
                case 0 -> client.send("1");
                case 1 -> client.down().request("GET", client.target(), "");
                case 2 -> client.up().request("POST", client.target(), "", "Content-Length: 10");
                case 3 -> client.post("nonsense");
                default -> WebSocketClient.upgrade(server, client).close();
            }
        }
    }

    private long left() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            System.gc();
            long left = everything.stream()
                    .filter(reference -> reference.get() != null)
                    .count();
            if (left == 0) {
                return 0;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return everything.stream().filter(reference -> reference.get() != null).count();
    }
}
