package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpResponse;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class BlockedHandlersIT {
    private static final int BLOCKED = 40;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void holdUpNeitherJoinsNorPagesNorOtherHandlers() throws Exception {
        var release = new CountDownLatch(1);
        var blocked = new CountDownLatch(BLOCKED);
        var done = new CountDownLatch(BLOCKED);
        var server = servers.start(
                builder -> builder.allowRequest(request -> {}).http(request -> HttpResponse.text(200, "page")));
        server.use(context -> {});
        server.on("block", (socket, args) -> {
            blocked.countDown();
            release.await();
            done.countDown();
        });
        server.on("echo", (socket, args) -> socket.emit("echo"));
        var clients = new ArrayList<WebSocketClient>();
        try {
            for (int i = 0; i < BLOCKED; i++) {
                var client = WebSocketClient.join(server);
                clients.add(client);
                client.send("42[\"block\"]");
            }
            blocked.await();
            var newcomer = WebSocketClient.join(server);
            clients.add(newcomer);
            newcomer.send("42[\"echo\"]");
            newcomer.expect("42[\"echo\"]");
            try (var wire = Wire.to(server)) {
                assertThat(wire.get("/page").status()).isEqualTo(200);
            }
            release.countDown();
            done.await();
        } finally {
            release.countDown();
            for (var client : clients) {
                client.close();
            }
        }
    }
}
