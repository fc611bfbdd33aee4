package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.engine.MemoryChannel;
import io.sockeye.server.internal.engine.MemoryHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that wait until middleware has decided whether they may join. */
@Timeout(60)
class WaitingJoinsTest {
    private final MemoryHost host = new MemoryHost(1);
    private final List<String> asked = new ArrayList<>();
    /** What waits for a thread of the application. */
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    private final SocketServer server =
            SocketServer.builder().handlerExecutor(waiting::add).build();

    @BeforeEach
    void start() {
        server.of("/closed").use(candidate -> {
            asked.add(candidate.namespace());
            throw new ConnectionRefused("closed");
        });
        server.attach(host);
    }

    @AfterEach
    void end() {
        host.shutDown(Duration.ZERO);
    }

    @Test
    void countByWhatTheySayOfThemselves() throws Exception {
        var client = open();
        client.send("40/closed,{\"a\":\"" + "x".repeat(1_000) + "\"}");
        sync(client);
        assertThat(server.memory().inBytes()).isEqualTo(512 + 1_008);
        client.send("40/closed,{\"a\":\"" + "x".repeat(500) + "\"}");
        client.send("40/closed,{\"a\":\"" + "x".repeat(600) + "\"}");
        sync(client);
        assertThat(server.memory().inBytes()).isEqualTo(512 + 1_008 + 512 + 608);
        while (asked.size() < 2) { // The second time once the loop knows of the first.
            runAll();
            Thread.onSpinWait();
        }
        assertThat(client.take()).isEqualTo("44/closed,{\"message\":\"closed\"}");
        assertThat(asked).hasSize(2);
        assertThat(server.memory().inBytes()).isZero();
    }

    @Test
    void areNotAskedAboutWhenTheyAreGone() throws Exception {
        var client = open();
        client.send("40/closed,{\"a\":\"" + "x".repeat(1_000) + "\"}");
        sync(client);
        client.leave();
        while (server.connections() > 0) {
            Thread.onSpinWait();
        }
        assertThat(server.memory().inBytes()).isZero();
        runAll();
        assertThat(asked).isEmpty();
    }

    private MemoryChannel open() throws Exception {
        var channel = host.webSocket(0, "/socket.io/?EIO=4&transport=websocket");
        assertThat(channel.take()).startsWith("0{");
        return channel;
    }

    /** Returns when the server has seen what was sent before. */
    private static void sync(MemoryChannel client) throws Exception {
        client.send("40/unknown,");
        assertThat(client.take()).startsWith("44/unknown,{");
    }

    private void runAll() {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }
}
