package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.namespace.InMemoryAdapter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Handlers on the event loops: a namespace that one loop brings into being holds up no other loop. */
@Timeout(30)
class NamespacesOnLoopsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void aLoopThatNeedsANamespaceWhoseAdapterIsBeingMadeGoesOn() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(builder -> builder.handlersOnEventLoop().adapter(sockets -> {
            if (sockets.namespace().equals("/slow")) {
                notes.add("making");
                awaitQuietly(release);
            }
            return new InMemoryAdapter(sockets);
        }));
        server.on("need", (socket, args) -> {
            var slow = server.of("/slow");
            slow.emit("kept");
            args.ack(slow.name());
        });
        var maker = new Thread(() -> server.of("/slow"));
        maker.start();
        assertThat(notes.next()).isEqualTo("making");
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"need\"]");
            assertThat(client.next()).isEqualTo("431[\"/slow\"]");
        } finally {
            release.countDown();
            maker.join();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLoopThatMakesANamespaceHoldsUpNoOther() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(SocketServerBuilder::handlersOnEventLoop);
        server.of(Pattern.compile("/room-\\d"));
        server.on("echo", (socket, args) -> args.ack("alive"));
        server.onNamespace(namespace -> {
            notes.add("told of " + namespace.name());
            release.await(20, TimeUnit.SECONDS);
        });
        try (var first = WebSocketClient.join(server);
                var second = WebSocketClient.join(server)) { // Connections go round the two loops.
            first.send("40/room-1,");
            assertThat(notes.next()).isEqualTo("told of /room-1");
            second.send("40/room-1,");
            second.send("421[\"echo\"]");
            assertThat(second.next()).isEqualTo("431[\"alive\"]");
            release.countDown();
            first.expect("40/room-1,{");
            second.expect("40/room-1,{");
            assertThat(notes.isEmpty()).isTrue();
        }
    }
}
