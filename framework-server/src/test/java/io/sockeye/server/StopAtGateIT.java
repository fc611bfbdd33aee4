package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server stops while a large event waits until that of another client is handled. */
@Timeout(60)
class StopAtGateIT {
    private static final Duration LONG = Duration.ofMinutes(5);
    /** Of which handlers may make more than the half of what they may at a time. */
    private static final String LIST = "[" + "0,".repeat(6_999) + "0]";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void endExecutor() {
        release.countDown();
        executor.shutdown();
    }

    private void areBothHandled(UnaryOperator<SocketServerBuilder> settings) throws Exception {
        var server = servers.start(
                builder -> settings.apply(builder.memory(4 << 20, 4 << 20).loops(1)));
        server.on("slow", (socket, args) -> {
            notes.add("slow");
            release.await(30, TimeUnit.SECONDS);
        });
        server.on("next", (socket, args) -> notes.add("next"));
        server.onDisconnect((socket, reason) -> notes.add("gone"));
        try (var first = WebSocketClient.join(server);
                var second = WebSocketClient.join(server)) {
            first.send("42[\"slow\"," + LIST + "]");
            assertThat(notes.next()).isEqualTo("slow");
            second.send("42[\"next\"," + LIST + "]");
            second.send("40/none,");
            assertThat(second.next()).as("it was read behind the event").startsWith("44/none,");
            var stopping = CompletableFuture.runAsync(() -> server.stop(LONG));
            second.expect("close");
            release.countDown();
            stopping.get(30, TimeUnit.SECONDS);
        }
        assertThat(notes.next()).isIn("next", "gone");
        assertThat(notes.next()).isIn("next", "gone");
        assertThat(notes.next()).isEqualTo("gone");
    }

    @Test
    void bothAreHandledOnThreadsOfTheServer() throws Exception {
        areBothHandled(builder -> builder);
    }

    @Test
    void bothAreHandledOnThreadsOfTheUser() throws Exception {
        areBothHandled(builder -> builder.handlerExecutor(executor));
    }

    @Test
    void aHandlerThatStopsTheServerIsNotWaitedFor() throws Exception {
        isNotWaitedFor(server -> server.on("next", (socket, args) -> notes.add("next")));
    }

    @Test
    void itIsNotWaitedForByHandlersOnTheUsersExecutorEither() throws Exception {
        isNotWaitedFor(server -> server.withExecutor(executor).on("next", (socket, args) -> notes.add("next")));
    }

    /** Nor does the stop take all of its time for it: what waits behind it has its turn. */
    @Test
    void oneThatHangsLeavesTimeForTheOther() throws Exception {
        var server = servers.start(builder -> builder.memory(4 << 20, 4 << 20).loops(1));
        server.on("hang", (socket, args) -> {
            notes.add("hangs");
            release.await(30, TimeUnit.SECONDS);
        });
        server.on("next", (socket, args) -> notes.add("next"));
        try (var first = WebSocketClient.join(server);
                var second = WebSocketClient.join(server)) {
            first.send("42[\"hang\"," + LIST + "]");
            assertThat(notes.next()).isEqualTo("hangs");
            second.send("42[\"next\"," + LIST + "]");
            second.send("40/none,");
            assertThat(second.next()).startsWith("44/none,");
            server.stop(Duration.ofSeconds(8));
        }
        assertThat(notes.next()).isEqualTo("next");
    }

    private void isNotWaitedFor(Consumer<SocketServer> nextHandler) throws Exception {
        var server = servers.start(builder -> builder.memory(4 << 20, 4 << 20).loops(1));
        var inside = new CountDownLatch(1);
        server.on("stop", (socket, args) -> {
            inside.countDown();
            release.await(30, TimeUnit.SECONDS);
            server.stop(LONG);
            notes.add("stopped");
        });
        nextHandler.accept(server);
        try (var first = WebSocketClient.join(server);
                var second = WebSocketClient.join(server)) {
            first.send("42[\"stop\"," + LIST + "]");
            assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
            second.send("42[\"next\"," + LIST + "]");
            second.send("40/none,");
            assertThat(second.next()).startsWith("44/none,");
            release.countDown();
            assertThat(notes.next()).isEqualTo("next");
            assertThat(notes.next()).isEqualTo("stopped");
        }
    }
}
