package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.DisconnectReason;
import io.sockeye.client.SocketClient;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.SocketServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that waits for the next request may be closed by the server just when that request leaves. */
@Timeout(60)
final class IdleConnectionsIT {
    /** Between the answer and the end of the connection: long enough for the next request, if it does not wait. */
    private static final long DELAY_MILLIS = 5;
    /** Of a request, an answer or an end on its way. */
    private static final long LATENCY_MILLIS = 20;

    private static SocketServer good;

    @BeforeAll
    static void start() {
        good = GoodServer.start();
    }

    @AfterAll
    static void stop() {
        good.close();
    }

    /** Node closes them after the time that it has announced. */
    @Test
    void requestsStayOffThoseThatNodeIsAboutToClose() throws Exception {
        try (var server = NodeServer.start(Map.of("keepAlive", 2));
                var proxy = TcpProxy.to(server.port());
                var client = SocketClient.builder(proxy.url())
                        .transports(TransportKind.POLLING)
                        .build()) {
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            client.onDisconnect(end -> ends.add(end.reason()));
            proxy.delay(LATENCY_MILLIS);
            connect(client);
            for (int i = 0; i < 4; i++) {
                assertThat(get(client.request("echo", Integer.class, i))).isEqualTo(i);
                Thread.sleep((i % 2 == 0 ? 2_000 : 3_000) - LATENCY_MILLIS); // Newer ones wait a second longer.
            }
            assertThat(ends).isEmpty();
        }
    }

    /** netty-socketio promises to keep them, and closes them behind each answer. */
    @Test
    void requestsStayOffThoseThatNettySocketioCloses() throws Exception {
        int count = 5;
        try (var server = ScriptedServer.before(good.port());
                var client = GoodServer.client(server, Way.POLLING).build()) {
            var polls = new AtomicInteger();
            var joins = new CountDownLatch(1);
            server.script(exchange -> {
                if (exchange.isPost()) {
                    answerAsNettySocketio(exchange, "ok");
                    joins.countDown();
                    return;
                }
                if (!exchange.hasSid()) { // The JDK may repeat it.
                    answerAsNettySocketio(exchange, Scripts.OPEN);
                    return;
                }
                int poll = polls.getAndIncrement();
                if (poll == 0) {
                    joins.await();
                    answerAsNettySocketio(exchange, Scripts.CONNECTED);
                } else if (poll <= count) {
                    answerAsNettySocketio(exchange, "42[\"said\"," + poll + "]");
                } else {
                    exchange.hold();
                }
            });
            var heard = new LinkedBlockingQueue<Integer>();
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            client.on("said", Integer.class, heard::add);
            client.onDisconnect(end -> ends.add(end.reason()));
            connect(client);
            for (int i = 1; i <= count; i++) {
                assertThat(take(heard)).isEqualTo(i);
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
