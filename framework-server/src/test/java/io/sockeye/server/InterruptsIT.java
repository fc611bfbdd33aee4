package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The interruption of a handler's thread is that handler's alone. */
@Timeout(30)
class InterruptsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void theNextHandlersAndEventsAreNotInterrupted() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(builder -> builder.onError((error, where) -> {}));
        server.onConnection(socket -> release.await(10, TimeUnit.SECONDS));
        server.on("interrupt", (socket, args) -> Thread.currentThread().interrupt());
        server.on(
                "interrupt",
                (socket, args) ->
                        socket.emit("same event", Thread.currentThread().isInterrupted()));
        server.on("fail", (socket, args) -> {
            throw new InterruptedException("asked for");
        });
        server.on(
                "look",
                (socket, args) ->
                        socket.emit("next event", Thread.currentThread().isInterrupted()));
        try (var client = WebSocketClient.join(server)) {
            // All wait for the connection handler, so that one thread runs them one after another.
            for (var event : new String[] {"interrupt", "look", "fail", "look"}) {
                client.send("42[\"" + event + "\"]");
            }
            client.send("40/unknown,");
            client.expect("44/unknown,");
            release.countDown();
            assertThat(client.next()).isEqualTo("42[\"same event\",false]");
            assertThat(client.next()).isEqualTo("42[\"next event\",false]");
            assertThat(client.next()).isEqualTo("42[\"next event\",false]");
        }
    }
}
