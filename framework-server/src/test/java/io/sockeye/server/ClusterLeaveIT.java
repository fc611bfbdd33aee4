package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.adapter.AdapterFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers and namespaces that leave a cluster: not before their last words, and each once. */
@Timeout(30)
class ClusterLeaveIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final Bus bus = new Bus();
    private final SocketServer here = start("here");
    private final SocketServer there = start("there");

    private SocketServer start(String name) {
        return servers.start(builder ->
                builder.adapter(bus.member(name)).onError((error, where) -> notes.add(where + ": " + error)));
    }

    @AfterEach
    void closeBus() {
        bus.close();
    }

    @Test
    void theLastWordsOfAServerThatStopsReachTheOthers() throws Exception {
        here.onDisconnect((socket, reason) -> {
            TimeUnit.MILLISECONDS.sleep(200);
            here.emit("left", reason.text());
        });
        try (var near = WebSocketClient.join(here);
                var far = WebSocketClient.join(there)) {
            here.stop(Duration.ofSeconds(5));
            assertThat(far.next()).isEqualTo("42[\"left\",\"server shutting down\"]");
            assertThat(bus.count("/")).isEqualTo(1);
            assertThat(near.next()).startsWith("close");
        }
    }

    @Test
    void aServerThatNeverStartedLeavesTheClusterTooWhenItIsClosed() {
        var idle = servers.build(builder -> builder.adapter(bus.member("idle")));
        idle.of("/other");
        assertThat(bus.count("/")).isEqualTo(3);
        assertThat(bus.count("/other")).isEqualTo(1);
        idle.close();
        assertThat(bus.count("/")).isEqualTo(2);
        assertThat(bus.count("/other")).isZero();
        assertThatThrownBy(idle::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServerThatCannotListenLeavesTheCluster() {
        var second =
                servers.build(builder -> builder.adapter(bus.member("second")).port(here.port()));
        assertThatThrownBy(second::start).isInstanceOf(CannotListenException.class);
        assertThat(bus.count("/")).isEqualTo(2);
    }

    @Test
    void aChildThatIsCleanedUpLeavesTheClusterAlsoWhenItsAdapterFails() throws Exception {
        AdapterFactory factory = sockets -> new BusAdapter(bus, "third", sockets) {
            @Override
            public void close() {
                super.close();
                throw new IllegalStateException("cannot close");
            }
        };
        var third = servers.start(builder -> builder.adapter(factory)
                .cleanupEmptyChildNamespaces(true)
                .onError((error, where) -> notes.add(where + ": " + error.getMessage())));
        var dynamic = third.of(candidate -> true);
        dynamic.onDisconnect((socket, reason) -> notes.add("disconnected"));
        try (var client = WebSocketClient.open(third)) {
            client.join("/child,");
            client.send("41/child,");
            assertThat(notes.next()).isEqualTo("disconnected");
            assertThat(notes.next()).isEqualTo("adapter of namespace /child: cannot close");
            await(() -> dynamic.namespaces().isEmpty());
        }
    }

    @Test
    void theLastWordsInAChildThatIsCleanedUpReachTheOthers() throws Exception {
        var third =
                servers.start(builder -> builder.adapter(bus.member("third")).cleanupEmptyChildNamespaces(true));
        var dynamic = third.of(candidate -> true);
        var goneFromTheLoop = new CountDownLatch(1);
        dynamic.onDisconnect((socket, reason) -> {
            goneFromTheLoop.await(10, TimeUnit.SECONDS);
            socket.namespace().emit("left", reason.text());
        });
        here.of("/child");
        try (var near = WebSocketClient.open(here);
                var far = WebSocketClient.open(third)) {
            near.join("/child,");
            far.join("/child,");
            far.send("41/child,");
            far.join("/other,");
            goneFromTheLoop.countDown();
            assertThat(near.next()).isEqualTo("42/child,[\"left\",\"client namespace disconnect\"]");
            await(() -> bus.count("/child") == 1);
            await(() -> dynamic.namespaces().size() == 1);
            assertThat(dynamic.namespaces().get(0).name()).isEqualTo("/other");
        }
    }

    @Test
    void aNamespaceClosesItsAdapterOnce() throws Exception {
        var idle = servers.build(builder -> builder.adapter(sockets -> new BusAdapter(bus, "idle", sockets) {
            @Override
            public void close() {
                notes.add(sockets.namespace());
            }
        }));
        Inside.of(idle.of("/child")).close();
        idle.close();
        assertThat(notes.next(2)).containsExactly("/child", "/");
        assertThat(notes.isEmpty()).isTrue();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) { // Within the time of the test.
            Thread.onSpinWait();
        }
    }
}
