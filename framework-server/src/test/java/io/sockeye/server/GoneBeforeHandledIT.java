package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sockets that are gone before their connection handlers have had their turn. */
@Timeout(30)
class GoneBeforeHandledIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    /** What waits for a thread of the handlers. */
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    @Test
    void areForgottenAfterAWhile() throws Exception {
        var server = start(false);
        try (var client = WebSocketClient.join(server)) {
            long before = server.memory().inBytes();
            client.join("/slow,");
            client.send("41/slow,");
            client.join("/next,");
            client.send("41/next,");
            while (server.memory().inBytes() > before) {
                Thread.onSpinWait();
            }
            runAll();
        }
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void areToldOfIfTheySentSomething() throws Exception {
        var server = start(false);
        try (var client = WebSocketClient.join(server)) {
            client.join("/slow,");
            client.send("42/slow,[\"bye\"]");
            client.send("41/slow,");
            client.join("/next,");
            assertThat(told(3)).containsExactly("connect", "bye", "client namespace disconnect");
        }
    }

    @Test
    void areToldOfIfTheyMayComeBack() throws Exception {
        var server = start(true);
        try (var client = WebSocketClient.open(server)) {
            client.join("/slow,");
        }
        assertThat(told(2)).containsExactly("connect", "transport close");
    }

    @Test
    void areToldOfIfTheApplicationKnowsThem() throws Exception {
        var server = start(false);
        try (var client = WebSocketClient.join(server)) {
            var known = server.of("/slow").socket(client.join("/slow,")).orElseThrow();
            known.onDisconnect((socket, reason) -> notes.add("gone"));
            client.send("41/slow,");
            client.join("/next,");
            assertThat(told(3)).containsExactly("connect", "client namespace disconnect", "gone");
        }
    }

    private SocketServer start(boolean recovers) {
        var server = servers.start(builder -> recovers
                ? builder.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1)))
                : builder);
        server.of("/next");
        server.of("/slow")
                .handlerExecutor(waiting::add)
                .onConnection(socket -> notes.add("connect"))
                .onAny((socket, event, args) -> notes.add(event))
                .onUpgrade((socket, transport) -> notes.add("upgrade"))
                .onAnyOutgoing((socket, event, args) -> notes.add("sent"))
                .onDisconnect((socket, reason) -> notes.add(reason.text()));
        return server;
    }

    /** Runs handlers until they have told so much. */
    private List<String> told(int count) throws InterruptedException {
        var told = new ArrayList<String>();
        while (told.size() < count) {
            runAll();
            if (!notes.isEmpty()) {
                told.add(notes.next());
            }
        }
        return told;
    }

    private void runAll() {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }
}
