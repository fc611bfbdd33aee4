package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.json.JsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class AcksIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void anAnswerIsReadAsTheTypeThatWasAskedFor() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = onlySocket(server);
            var number = socket.request("a", Integer.class);
            var all = socket.request("b", Args.class);
            var wrong = socket.request("c", Integer.class);
            var none = socket.request("d", Integer.class);
            for (int id = 0; id < 4; id++) {
                client.expect("42" + id + "[");
            }
            client.send("430[42]");
            client.send("431[1,\"two\"]");
            client.send("432[\"text\"]");
            client.send("433[]");
            assertThat(get(number)).isEqualTo(42);
            assertThat(get(all).get(1, String.class)).isEqualTo("two");
            assertThatThrownBy(() -> get(wrong)).hasCauseInstanceOf(JsonException.class);
            assertThatThrownBy(() -> get(none)).hasCauseInstanceOf(JsonException.class);
        }
    }

    @Test
    void whatHangsOnAnAnswerMayWaitForAnother() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = onlySocket(server);
            var both = socket.request("a", String.class)
                    .thenApply(a -> a + socket.request("b", String.class).join());
            client.expect("420[\"a\"]");
            client.send("430[\"first\"]");
            client.expect("421[\"b\"]");
            client.send("431[\", second\"]");
            assertThat(get(both)).isEqualTo("first, second");
        }
    }

    /** As in Node, where all of it runs on one thread. */
    @Test
    void answersOfOneClientKeepTheirOrder() throws Exception {
        int count = 500;
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = onlySocket(server);
            var order = new ConcurrentLinkedQueue<Integer>();
            for (int id = 0; id < count; id++) {
                socket.request("n", Integer.class).thenAccept(order::add);
                client.expect("42" + id + "[");
            }
            for (int id = count - 1; id >= 0; id--) {
                client.send("43" + id + "[" + id + "]");
            }
            var last = socket.request("last", String.class);
            client.expect("42" + count + "[");
            client.send("43" + count + "[\"end\"]");
            assertThat(get(last)).isEqualTo("end");
            assertThat(order)
                    .containsExactlyElementsOf(IntStream.iterate(count - 1, id -> id >= 0, id -> id - 1)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void anAnswerWithoutValuesIsAwaitedAsVoid() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var bare = onlySocket(server).request("save", Void.class);
            var some = onlySocket(server).request("save", Void.class);
            client.expect("420[");
            client.expect("421[");
            client.send("430[]");
            client.send("431[1]");
            assertThat(get(bare)).isNull();
            assertThat(get(some)).isNull();
        }
    }

    @Test
    void onlyTheFirstAnswerCounts() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var answers = new Notes();
            var future = onlySocket(server).request("a", String.class);
            future.whenComplete((answer, failure) -> answers.add(String.valueOf(answer)));
            client.expect("420[");
            client.send("430[\"first\"]");
            client.send("430[\"second\"]");
            assertThat(answers.next()).isEqualTo("first");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            assertThat(get(future)).isEqualTo("first");
            assertThat(answers.isEmpty()).isTrue();
        }
    }

    @Test
    void withoutAnAnswerTheFutureTimesOut() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = onlySocket(server);
            var future = socket.timeout(Duration.ofMillis(50)).request("late", String.class);
            assertThatThrownBy(() -> get(future))
                    .hasCauseInstanceOf(AckTimeoutException.class)
                    .hasMessageContaining("'late' within 50 ms");
            client.expect("420[\"late\"]");
            client.send("430[\"too late\"]");
            var next = socket.request("next", String.class);
            client.expect("421[");
            client.send("431[\"ok\"]");
            assertThat(get(next)).isEqualTo("ok");
        }
    }

    @Test
    void aTimeoutMayBeLongerThanAnyLife() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var longest = Duration.ofSeconds(Long.MAX_VALUE);
            var one = onlySocket(server).timeout(longest).request("a", String.class);
            var all = server.of("/").broadcast().timeout(longest).request("b");
            client.expect("420[");
            client.expect("421[");
            client.send("430[\"one\"]");
            client.send("431[\"all\"]");
            assertThat(get(one)).isEqualTo("one");
            assertThat(get(all).complete()).isTrue();
        }
    }

    @Test
    void theDisconnectionEndsTheWaiting() throws Exception {
        var server = servers.start();
        var client = WebSocketClient.join(server);
        var socket = onlySocket(server);
        var future = socket.request("a", String.class);
        var limited = socket.timeout(Duration.ofMinutes(1)).request("b", String.class);
        client.close();
        assertThatThrownBy(() -> get(future)).hasCauseInstanceOf(DisconnectedException.class);
        assertThatThrownBy(() -> get(limited)).hasCauseInstanceOf(DisconnectedException.class);
        assertThatThrownBy(() -> get(socket.request("c", String.class)))
                .hasCauseInstanceOf(DisconnectedException.class)
                .hasMessageContaining("'c'");
    }

    @Test
    void answersPassEachOtherAlsoAtTheStop() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = onlySocket(server);
            var second = new CompletableFuture<String>();
            var first = socket.request("a", String.class).handle((answer, failure) -> second.join());
            socket.request("b", String.class).whenComplete((answer, failure) -> second.complete("passed"));
            client.expect("420[");
            client.expect("421[");
            long start = System.nanoTime();
            server.stop(Duration.ofSeconds(10));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            assertThat(get(first)).isEqualTo("passed");
        }
    }

    @Test
    void afterTheStopNobodyWaitsForever() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.join(server)) {
            var socket = onlySocket(server);
            var before = socket.request("a", String.class);
            server.stop(Duration.ofSeconds(5));
            assertThatThrownBy(() -> get(before)).hasCauseInstanceOf(DisconnectedException.class);
            var after = socket.request("b", String.class);
            assertThatThrownBy(() -> get(after)).hasCauseInstanceOf(DisconnectedException.class);
            assertThat(get(server.to("room").request("c")).values()).isEmpty();
            assertThat(get(server.localSockets())).isEmpty();
            client.expect("420[");
        }
    }

    @Test
    void aBroadcastCollectsTheAnswersOfAllLoops() throws Exception {
        var server = servers.start(builder -> builder.loops(4));
        var joined = new CountDownLatch(6);
        server.onConnection(socket -> {
            socket.join("room");
            joined.countDown();
        });
        var clients = new ArrayList<WebSocketClient>();
        for (int i = 0; i < 6; i++) {
            clients.add(WebSocketClient.join(server));
        }
        assertThat(joined.await(30, TimeUnit.SECONDS)).isTrue();
        var future = server.to("room").request("who");
        for (int i = 0; i < 6; i++) {
            clients.get(i).expect("420[\"who\"]");
            clients.get(i).send("430[" + i + "]");
        }
        var answers = get(future);
        assertThat(answers.complete()).isTrue();
        assertThat(answers.values())
                .extracting(args -> args.get(0, int.class))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void aBroadcastSaysHowManyAnswersAreMissing() throws Exception {
        var server = servers.start();
        try (var answering = WebSocketClient.join(server);
                var silent = WebSocketClient.join(server)) {
            var gone = WebSocketClient.join(server);
            var future =
                    server.of("/").broadcast().timeout(Duration.ofMillis(500)).request("who");
            answering.expect("420[\"who\"]");
            answering.send("430[\"me\"]");
            gone.close();
            var answers = get(future);
            assertThat(answers.missing()).isEqualTo(2);
            assertThat(answers.values()).hasSize(1);
            silent.expect("420[\"who\"]");
        }
    }

    @Test
    void aBroadcastToNobodyIsAnsweredAtOnce() throws Exception {
        var server = servers.build(builder -> builder);
        assertThat(get(server.to("room").request("who"))).isEqualTo(Inside.NO_ANSWERS);
        server.start();
        assertThat(get(server.to("room").request("who")).complete()).isTrue();
    }

    @Test
    void aHandlerAcknowledgesOnce() throws Exception {
        var server = servers.start();
        server.on("twice", (socket, args) -> {
            args.ack("first");
            args.ack("second");
        });
        server.on("silent", (socket, args) -> {});
        server.onRequest("later", String.class, (socket, text) -> CompletableFuture.supplyAsync(() -> text + "!"));
        server.onRequest("nothing", String.class, (socket, text) -> nothing());
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"twice\"]");
            client.send("422[\"silent\"]");
            client.send("42[\"twice\"]");
            client.send("423[\"later\",\"x\"]");
            assertThat(client.next()).isEqualTo("431[\"first\"]");
            assertThat(client.next()).isEqualTo("433[\"x!\"]");
            client.send("424[\"nothing\",\"x\"]");
            assertThat(client.next()).isEqualTo("434[null]");
        }
    }

    @SuppressWarnings("NullAway") // It does not see that an answer may be null.
    private static Object nothing() {
        return null;
    }

    private static Socket onlySocket(SocketServer server) throws Exception {
        var sockets = server.localSockets().get(10, TimeUnit.SECONDS);
        assertThat(sockets).hasSize(1);
        return sockets.get(0);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ExecutionException(String.valueOf(e.getMessage()), e.getCause());
        }
    }
}
