package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A handler stops the server, which does not wait for that handler. */
@Timeout(30)
class StopInHandlerIT {
    /** Longer than a test may take: nobody waits so long. */
    private static final Duration LONG = Duration.ofMinutes(5);

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start();
    }

    private void stop(Duration timeout) {
        server.stop(timeout);
        notes.add(Thread.currentThread().isInterrupted() ? "interrupted" : "stopped");
    }

    @Test
    void itIsNotWaitedFor() throws Exception {
        server.on("stop", (socket, args) -> stop(LONG));
        server.onDisconnect((socket, reason) -> notes.add("gone"));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"stop\"]");
            assertThat(client.next()).startsWith("close");
            assertThat(notes.next(2)).containsExactly("stopped", "gone");
        }
    }

    @Test
    void norIfItClosesTheServer() throws Exception {
        long start = System.nanoTime();
        server.on("stop", (socket, args) -> {
            server.close();
            notes.add("closed");
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"stop\"]");
            assertThat(notes.next()).isEqualTo("closed");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void othersAreWaitedFor() throws Exception {
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        server.on("work", (socket, args) -> {
            inside.countDown();
            release.await(20, TimeUnit.SECONDS);
            notes.add("finished");
        });
        server.on("stop", (socket, args) -> stop(LONG));
        try (var worker = WebSocketClient.join(server);
                var client = WebSocketClient.join(server)) {
            worker.send("42[\"work\"]");
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            client.send("42[\"stop\"]");
            assertThat(client.next()).startsWith("close");
            assertThat(worker.next()).startsWith("close");
            release.countDown();
            assertThat(notes.next(2)).containsExactly("finished", "stopped");
        }
    }

    @Test
    void othersThatTakeTooLongAreInterruptedAndItselfIsNot() throws Exception {
        var inside = new CountDownLatch(1);
        server.on("work", (socket, args) -> {
            inside.countDown();
            try {
                notes.add("released " + new CountDownLatch(1).await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                notes.add("cut off");
            }
        });
        server.on("stop", (socket, args) -> stop(Duration.ofMillis(100)));
        try (var worker = WebSocketClient.join(server);
                var client = WebSocketClient.join(server)) {
            worker.send("42[\"work\"]");
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            client.send("42[\"stop\"]");
            assertThat(notes.next(2)).containsExactlyInAnyOrder("cut off", "stopped");
        }
    }

    @Test
    void twoMayDoItAtOnce() throws Exception {
        var both = new CountDownLatch(2);
        server.on("stop", (socket, args) -> {
            both.countDown();
            both.await(10, TimeUnit.SECONDS);
            stop(LONG);
        });
        try (var one = WebSocketClient.join(server);
                var other = WebSocketClient.join(server)) {
            one.send("42[\"stop\"]");
            other.send("42[\"stop\"]");
            assertThat(notes.next(2)).containsExactly("stopped", "stopped");
        }
    }

    @Test
    void itMayHoldTheOnlyThreadOfTheUsersExecutor() throws Exception {
        var executor = Executors.newSingleThreadExecutor();
        var other = servers.start(builder -> builder.handlerExecutor(executor));
        other.on("stop", (socket, args) -> {
            other.stop(LONG);
            other.stop(LONG);
            notes.add("stopped");
        });
        other.onDisconnect((socket, reason) -> notes.add("gone"));
        try (var client = WebSocketClient.join(other);
                var second = WebSocketClient.join(other)) {
            client.send("42[\"stop\"]");
            assertThat(second.next()).startsWith("close");
            assertThat(notes.next(3)).containsExactly("stopped", "gone", "gone");
        }
        executor.shutdown();
    }

    @Test
    void whoTakesAnAnswerMayDoIt() throws Exception {
        server.onConnection(socket -> socket.request("may I?", String.class).thenAccept(answer -> stop(LONG)));
        try (var client = WebSocketClient.join(server)) {
            String question = client.next();
            client.send(question.replaceFirst("42(\\d+).*", "43$1[\"yes\"]"));
            assertThat(client.next()).startsWith("close");
            assertThat(notes.next()).isEqualTo("stopped");
        }
    }

    @Test
    void onTheEventLoopItGoesOnAtOnceAndTheServerStopsInGoodOrder() throws Exception {
        server.withEventLoop().on("stop", (socket, args) -> {
            stop(LONG);
            socket.emit("last words");
        });
        try (var client = WebSocketClient.join(server);
                var other = PollingClient.join(server)) {
            client.send("42[\"stop\"]");
            assertThat(notes.next()).isEqualTo("stopped");
            assertThat(client.next()).isEqualTo("42[\"last words\"]");
            assertThat(client.next()).startsWith("close");
            assertThat(other.next()).isEqualTo("1");
            server.stop(LONG);
        }
    }
}
