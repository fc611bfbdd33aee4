package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.take;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.DisconnectReason;
import io.sockeye.server.SocketServer;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** netty-socketio promises to keep a connection, and closes it behind the answer. */
@Timeout(60)
final class ClosedConnectionsIT {
    /** Between the answer and the end of the connection: long enough for the next request, if it does not wait. */
    private static final long DELAY_MILLIS = 10;

    private static SocketServer good;

    @BeforeAll
    static void start() {
        good = GoodServer.start();
    }

    @AfterAll
    static void stop() {
        good.close();
    }

    @Test
    void areNotUsedAgain() throws Exception {
        int count = 5;
        try (var server = ScriptedServer.before(good.port());
                var client = GoodServer.client(server, Way.POLLING).build()) {
            var polls = new AtomicInteger();
            server.script(exchange -> {
                if (exchange.isPost()) {
                    answerAsNettySocketio(exchange, "ok");
                    return;
                }
                int poll = polls.getAndIncrement();
                switch (poll) {
                    case 0 -> answerAsNettySocketio(exchange, Scripts.OPEN);
                    case 1 -> answerAsNettySocketio(exchange, Scripts.CONNECTED);
                    default -> {
                        if (poll < 2 + count) {
                            answerAsNettySocketio(exchange, "42[\"said\"," + poll + "]");
                        } else {
                            exchange.hold();
                        }
                    }
                }
            });
            var heard = new LinkedBlockingQueue<Integer>();
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            client.on("said", Integer.class, heard::add);
            client.onDisconnect(end -> ends.add(end.reason()));
            connect(client);
            for (int i = 0; i < count; i++) {
                assertThat(take(heard)).isEqualTo(2 + i);
                client.emit("heard", i);
            }
            assertThat(ends).isEmpty();
        }
    }

    private static void answerAsNettySocketio(ScriptedExchange exchange, String content)
            throws IOException, InterruptedException {
        var body = content.getBytes(UTF_8);
        exchange.raw("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nServer: netty-socketio/2.0.14\r\nContent-Length: "
                + body.length + "\r\n\r\n");
        exchange.raw(body);
        Thread.sleep(DELAY_MILLIS);
    }
}
