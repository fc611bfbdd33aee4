package io.sockeye.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.SocketServer;
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

/** Sockets that are gone before their connection handlers have had their turn; no time passes. */
@Timeout(60)
class LateConnectionCallsTest {
    private final MemoryHost host = new MemoryHost(1);
    private final SocketServer server =
            SocketServer.builder().maxNamespaces(1_000).build();
    private final List<String> told = new ArrayList<>();
    /** What waits for a thread of the handlers. */
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() {
        server.of("/next");
        server.of("/slow")
                .handlerExecutor(waiting::add)
                .onConnection(socket -> told.add("connect"))
                .onAny((socket, event, args) -> told.add(event))
                .onAnyOutgoing((socket, event, args) -> told.add("sent " + event))
                .onDisconnecting((socket, reason) -> told.add("disconnecting"))
                .onDisconnect((socket, reason) -> told.add("disconnect"));
        server.attach(host);
    }

    @AfterEach
    void end() {
        host.shutDown(Duration.ZERO);
    }

    @Test
    void areHeardOfIfTheTurnComesSoon() throws Exception {
        comeAndGo(open(), 1);
        runUntilTold(3);
        assertThat(told).containsExactly("connect", "disconnecting", "disconnect");
    }

    @Test
    void theOldestOnesAreForgottenIfThereAreMany() throws Exception {
        comeAndGo(open(), 2 * LateConnectionCalls.MOST);
        long held = server.memory().inBytes();
        runUntilTold(3 * LateConnectionCalls.MOST);
        assertThat(told).hasSize(3 * LateConnectionCalls.MOST).startsWith("connect", "disconnecting", "disconnect");
        assertThat(held).isLessThan(LateConnectionCalls.MOST * 2_000L);
    }

    @Test
    void othersAreNotForgotten() throws Exception {
        var client = open();
        client.send("40/slow,");
        client.send("42/slow,[\"bye\"]");
        client.send("41/slow,");
        comeAndGo(open(), 2 * LateConnectionCalls.MOST);
        runUntilTold(3 * LateConnectionCalls.MOST + 4);
        assertThat(told).startsWith("connect", "bye", "disconnecting", "disconnect");
        assertThat(told).hasSize(3 * LateConnectionCalls.MOST + 4);
    }

    @Test
    void noOtherHandlerHearsOfThem() throws Exception {
        var client = open();
        client.send("40/slow,");
        assertThat(client.take()).startsWith("40/slow,{");
        server.of("/slow").emit("news");
        assertThat(client.take()).isEqualTo("42/slow,[\"news\"]");
        client.send("41/slow,");
        comeAndGo(client, LateConnectionCalls.MOST);
        runUntilTold(3 * LateConnectionCalls.MOST);
        assertThat(told).hasSize(3 * LateConnectionCalls.MOST).doesNotContain("sent news");
    }

    private MemoryChannel open() throws Exception {
        var channel = host.webSocket(0, "/socket.io/?EIO=4&transport=websocket");
        assertThat(channel.take()).startsWith("0{");
        return channel;
    }

    /** Returns when the server has seen all of it. */
    private static void comeAndGo(MemoryChannel client, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            client.send("40/slow,");
            assertThat(client.take()).startsWith("40/slow,{");
            client.send("41/slow,");
        }
        client.send("40/next,");
        assertThat(client.take()).startsWith("40/next,{");
    }

    /** Mailboxes begin at the end of a turn of the loop. */
    private void runUntilTold(int count) {
        while (told.size() < count) {
            runAll();
            Thread.onSpinWait();
        }
        runAll();
    }

    private void runAll() {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }
}
