package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.event.AckTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events that are sent until they are acknowledged, with npm's socket.io and a network that breaks. */
final class RetriesIT {
    private NodeServer server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws Exception {
        server = NodeServer.start();
        proxy = TcpProxy.to(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        server.close();
    }

    private SocketClientBuilder builder(Way way) {
        return way.set(SocketClient.builder(proxy.url()))
                .reconnection(GoodServer.QUICK)
                .ackTimeout(Duration.ofSeconds(5))
                .retries(50);
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingAndKeepsTheOrderWhileConnectionsAreReset(Way way) throws Exception {
        try (var client = builder(way).build()) {
            var answers = new ArrayList<CompletableFuture<Integer>>();
            for (int i : range(60)) {
                answers.add(client.request("note", Integer.class, i));
            }
            connect(client);
            for (int i = 5; i < 60; i += 10) {
                get(answers.get(i));
                proxy.cut();
            }
            for (int i : range(60)) {
                assertThat(get(answers.get(i))).isEqualTo(i);
            }
            var received = server.received();
            assertThat(received.stream().distinct())
                    .as("what was new, in order")
                    .containsExactlyElementsOf(range(60));
            assertThat(received).as("sent again only at the head of the line").isSorted();
        }
    }

    @Test
    void survivesARestartOfTheServer() throws Exception {
        try (var client = builder(Way.UPGRADE).build()) {
            connect(client);
            get(client.request("note", 0));
            server.kill();
            range(20).forEach(i -> client.emit("note", i));
            server.restart();
            until(() -> server.received().size() >= 20);
            assertThat(server.received()).containsExactlyElementsOf(range(20));
        }
    }

    @Test
    void sendsTheHeadOfTheLineAgainBeforeOthers() throws Exception {
        try (var client =
                builder(Way.WEBSOCKET).ackTimeout(Duration.ofMillis(100)).build()) {
            connect(client);
            var first = client.request("second time", int.class, 1);
            var second = client.request("second time", int.class, 2);
            assertThat(get(first)).isEqualTo(1);
            assertThat(get(second)).isEqualTo(2);
            assertThat(server.received()).containsExactly(1, 1, 2, 2);
        }
    }

    @Test
    void givesUpAfterTheLastTryAndGoesOn() throws Exception {
        try (var client = builder(Way.WEBSOCKET)
                .retries(2)
                .ackTimeout(Duration.ofMillis(50))
                .build()) {
            connect(client);
            var lost = client.request("never acknowledged", 1);
            var next = client.timeout(Duration.ofSeconds(10)).request("note", int.class, 2);
            assertThat(failure(lost)).isInstanceOf(AckTimeoutException.class);
            assertThat(get(next)).isEqualTo(2);
        }
    }

    @Test
    void sendsVolatileEventsPastTheLine() throws Exception {
        try (var client = builder(Way.WEBSOCKET).build()) {
            connect(client);
            var stuck = client.request("never acknowledged", 1);
            var passing = client.asVolatile().timeout(Duration.ofSeconds(10));
            assertThat(get(passing.request("note", int.class, 2))).isEqualTo(2);
            assertThat(stuck).isNotDone();
        }
    }
}
