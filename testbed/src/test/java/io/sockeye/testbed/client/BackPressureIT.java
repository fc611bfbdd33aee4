package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.server.SocketServer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client whose handlers do not keep up lets the server wait, and loses nothing. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class BackPressureIT {
    private static final int EVENTS = 800;
    private static final int LIMIT = 100;

    /** The first handler holds all back, the second one asks the server meanwhile. */
    @ParameterizedTest
    @EnumSource
    void whatIsTooMuchWaitsOnTheServersSide(Way way) throws Exception {
        var text = "x".repeat(10_000);
        var taken = new AtomicLong();
        try (var server = SocketServer.builder().host("127.0.0.1").port(0).build()) {
            server.on("flood", (socket, args) -> {
                for (int i = 0; i < EVENTS; i++) {
                    socket.emit("n", i, text);
                }
            });
            server.on("echo", (socket, args) -> args.ack(args.values().toArray()));
            server.start();
            var begun = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            var heard = new LinkedBlockingQueue<Integer>();
            try (var client = way.set(SocketClient.builder("http://127.0.0.1:" + server.port()))
                    .mailboxLimit(LIMIT)
                    .build()) {
                var ends = new AtomicInteger();
                client.onDisconnect(end -> ends.incrementAndGet());
                client.on("n", args -> {
                    int n = args.get(0, int.class);
                    if (n == 0) {
                        begun.countDown();
                        goOn.await();
                    }
                    if (n == 1) {
                        taken.set(client.request("echo", Integer.class, n).get(20, TimeUnit.SECONDS));
                    }
                    heard.add(n);
                });
                connect(client);
                client.emit("flood");
                begun.await();
                goOn.countDown();
                for (int i = 0; i < EVENTS; i++) {
                    assertThat(take(heard)).isEqualTo(i);
                }
                assertThat(taken).hasValue(1);
                assertThat(get(client.request("echo", Integer.class, 5))).isEqualTo(5);
                assertThat(ends).hasValue(0);
            }
        }
    }
}
