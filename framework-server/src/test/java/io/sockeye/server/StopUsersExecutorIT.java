package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server stops while handlers run on an executor that is not its own. */
@Timeout(30)
class StopUsersExecutorIT {
    /** Longer than a test may take: nobody waits so long. */
    private static final Duration LONG = Duration.ofMinutes(5);

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private ExecutorService executor = Executors.newSingleThreadExecutor();

    @AfterEach
    void endExecutor() {
        release.countDown();
        executor.shutdown();
    }

    private void work(Socket socket, Object args) throws InterruptedException {
        inside.countDown();
        release.await(20, TimeUnit.SECONDS);
        notes.add("finished");
    }

    private void assertWaits(SocketServer server, String namespace) throws Exception {
        try (var client = WebSocketClient.join(server)) {
            if (!namespace.isEmpty()) {
                client.join(namespace);
            }
            client.send("42" + namespace + "[\"work\"]");
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            var stopping = CompletableFuture.runAsync(() -> {
                server.stop(LONG);
                notes.add("stopped");
            });
            client.expect("close");
            assertThatThrownBy(() -> stopping.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            release.countDown();
            stopping.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theServersHandlersMayFinish() throws Exception {
        var server = servers.start(builder -> builder.handlerExecutor(executor));
        server.on("work", this::work);
        server.onDisconnect((socket, reason) -> notes.add("disconnect"));
        assertWaits(server, "");
        assertThat(notes.next(3)).containsExactly("finished", "disconnect", "stopped");
    }

    @Test
    void aNamespacesHandlersMayFinish() throws Exception {
        var server = servers.start();
        server.of("/other").handlerExecutor(executor).on("work", this::work);
        assertWaits(server, "/other,");
        assertThat(notes.next(2)).containsExactly("finished", "stopped");
    }

    @Test
    void aSingleHandlerMayFinish() throws Exception {
        var server = servers.start();
        server.withExecutor(executor).on("work", this::work);
        assertWaits(server, "");
        assertThat(notes.next(2)).containsExactly("finished", "stopped");
    }

    @Test
    void anExecutorThatIsTooBusyIsAskedAgain() throws Exception {
        executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
        var server = servers.start(builder -> builder.handlerExecutor(executor));
        server.on("work", this::work);
        server.onDisconnect((socket, reason) -> notes.add("disconnect"));
        try (var other = WebSocketClient.join(server)) {
            assertWaits(server, "");
            other.expect("close");
        }
        assertThat(notes.next(4)).containsExactly("finished", "disconnect", "disconnect", "stopped");
    }

    @Test
    void anExecutorThatHasEndedIsNotWaitedFor() throws Exception {
        var server = servers.start(builder -> builder.handlerExecutor(executor));
        server.onDisconnect((socket, reason) -> notes.add("never"));
        try (var client = WebSocketClient.join(server)) {
            executor.shutdown();
            server.stop(LONG);
            client.expect("close");
        }
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void noHandlerIsWaitedForLongerThanTheTimeout() throws Exception {
        var server = servers.start(builder -> builder.handlerExecutor(executor));
        server.on("work", this::work);
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"work\"]");
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            server.stop(Duration.ofMillis(200));
            assertThat(notes.isEmpty()).isTrue();
        }
    }
}
