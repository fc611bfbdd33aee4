package io.sockeye.server.internal.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.Inside;
import io.sockeye.server.Namespace;
import io.sockeye.server.Notes;
import io.sockeye.server.SocketServer;
import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.LocalSockets;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** User code that runs while namespaces come and go holds up nobody else. */
@Timeout(30)
class NamespacesTest {
    private final Notes notes = new Notes();
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void stopOthers() {
        others.shutdownNow();
    }

    private static <T> T in(Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private Future<Namespace> elsewhere(SocketServer server, String name) {
        return others.submit(() -> server.of(name));
    }

    @Test
    void aHandlerOfNewNamespacesThatBlocksDelaysNobody() throws Exception {
        var release = new CountDownLatch(1);
        var server = SocketServer.builder().build();
        server.onNamespace(namespace -> {
            if (namespace.name().equals("/slow")) {
                notes.add("told");
                release.await(20, TimeUnit.SECONDS);
            }
        });
        var slow = elsewhere(server, "/slow");
        assertThat(notes.next()).isEqualTo("told");
        var other = in(elsewhere(server, "/other"));
        assertThat(other.name()).isEqualTo("/other");
        assertThat(in(elsewhere(server, "/other"))).isSameAs(other);
        var found = in(elsewhere(server, "/slow"));
        assertThat(slow.isDone()).isFalse();
        release.countDown();
        assertThat(in(slow)).isSameAs(found);
    }

    @Test
    void handlersOfNewNamespacesMayAskForEachOthers() throws Exception {
        var both = new CountDownLatch(2);
        var server = SocketServer.builder().build();
        server.onNamespace(namespace -> {
            both.countDown();
            both.await(20, TimeUnit.SECONDS);
            notes.add(server.of(namespace.name()).name() + " knows "
                    + server.of(namespace.name().equals("/a") ? "/b" : "/a").name());
        });
        var a = elsewhere(server, "/a");
        var b = elsewhere(server, "/b");
        assertThat(notes.next(2)).containsExactlyInAnyOrder("/a knows /b", "/b knows /a");
        assertThat(in(a).name() + in(b).name()).isEqualTo("/a/b");
    }

    @Test
    void whoEntersWaitsUntilAllHandlersWereTold() throws Exception {
        var release = new CountDownLatch(1);
        var server = SocketServer.builder().build();
        var parent = server.of(Pattern.compile("/room-\\d"));
        server.onNamespace(namespace -> {
            notes.add("begin");
            release.await(20, TimeUnit.SECONDS);
            notes.add("end");
        });
        var namespaces = Inside.of(server).namespaces();
        var first = others.submit(
                () -> namespaces.enter(Inside.of(parent), "/room-1", others).join());
        assertThat(notes.next()).isEqualTo("begin");
        // On this thread, which is not held up.
        var second = namespaces
                .enter(Inside.of(parent), "/room-1", others)
                .whenComplete((entered, failure) -> notes.add("entered"));
        assertThat(second).isNotDone();
        assertThat(namespaces.enter("/room-1")).isNull();
        release.countDown();
        assertThat(notes.next(2)).containsExactly("end", "entered");
        assertThat(in(first)).isSameAs(in(second));
        assertThat(parent.namespaces()).hasSize(1);
    }

    @Test
    void anAdapterThatIsClosedHoldsUpOnlyItsOwnNamespace() throws Exception {
        var release = new CountDownLatch(1);
        var server = SocketServer.builder()
                .cleanupEmptyChildNamespaces(true)
                .adapter(sockets -> noting(sockets, release))
                .build();
        var parent = server.of(Pattern.compile("/room-\\d+"));
        var namespaces = Inside.of(server).namespaces();
        assertThat(notes.next()).isEqualTo("create /");
        var old = namespaces.enter(Inside.of(parent), "/room-1", others).join();
        var left = others.submit(() -> namespaces.leave(old));
        assertThat(notes.next(2)).containsExactly("create /room-1", "close /room-1");
        var again = in(elsewhere(server, "/room-1")); // Does not wait, but its adapter does.
        again.emit("kept");
        var entering = namespaces.enter(Inside.of(parent), "/room-1", others);
        for (int i = 2; i < 100; i++) {
            assertThat(in(elsewhere(server, "/room-" + i)).name()).isEqualTo("/room-" + i);
            assertThat(notes.next()).isEqualTo("create /room-" + i);
        }
        assertThat(entering).isNotDone();
        release.countDown();
        in(left);
        assertThat(again).isNotSameAs(old).isSameAs(in(entering));
        assertThat(notes.next(3)).containsExactly("closed /room-1", "create /room-1", "broadcast /room-1");
    }

    private Adapter noting(LocalSockets sockets, CountDownLatch release) {
        notes.add("create " + sockets.namespace());
        var adapter = new InMemoryAdapter(sockets);
        return (Adapter) Proxy.newProxyInstance(
                Adapter.class.getClassLoader(), new Class<?>[] {Adapter.class}, (proxy, method, args) -> {
                    if (method.getName().equals("broadcast")) {
                        notes.add("broadcast " + sockets.namespace());
                    }
                    if (method.getName().equals("close")) {
                        notes.add("close " + sockets.namespace());
                        await(release);
                        notes.add("closed " + sockets.namespace());
                    }
                    return method.invoke(adapter, args);
                });
    }

    @Test
    void anAdapterThatCouldNotBeMadeIsMadeTheNextTime() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var server = SocketServer.builder()
                .adapter(sockets -> {
                    if (sockets.namespace().equals("/a") && begun.getCount() > 0) {
                        begun.countDown();
                        CompletableFuture.runAsync(() -> await(release), others).join();
                        throw new IllegalStateException("not now");
                    }
                    return new InMemoryAdapter(sockets);
                })
                .build();
        var failing = elsewhere(server, "/a");
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        var useless = in(elsewhere(server, "/a"));
        release.countDown();
        assertThatThrownBy(() -> in(failing)).hasRootCauseMessage("not now");
        assertThatThrownBy(() -> useless.emit("n")).isInstanceOf(IllegalStateException.class);
        var next = in(elsewhere(server, "/a"));
        assertThat(next).isSameAs(server.of("/a")).isNotSameAs(useless);
        next.emit("n");
    }

    @Test
    void aFactoryThatReturnsNoAdapterIsToldSoAtOnce() {
        var server = SocketServer.builder()
                .adapter(sockets -> sockets.namespace().equals("/") ? new InMemoryAdapter(sockets) : nothing())
                .build();
        assertThatThrownBy(() -> server.of("/a"))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("adapter factory: null");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // As a careless user writes it.
    private static <T> T nothing() {
        return null;
    }

    @Test
    void anAdapterMayLookAtItsOwnNamespaceWhileItIsMade() {
        var server = new CompletableFuture<SocketServer>();
        server.complete(SocketServer.builder()
                .adapter(sockets -> {
                    if (!sockets.namespace().equals("/")) {
                        server.join().of(sockets.namespace()).emit("kept");
                    }
                    return noting(sockets, new CountDownLatch(0));
                })
                .build());
        assertThat(server.join().of("/a").name()).isEqualTo("/a");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
