package io.sockeye.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.SocketClient;
import io.sockeye.event.Event;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.SocketServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SocketServerExtensionIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Event<String> SAID = Event.of("said", String.class);

    @RegisterExtension
    final SocketServerExtension server = SocketServerExtension.of(settings -> settings.maxPayload(10_000))
            .handlers(SocketServerExtensionIT::handlers);

    private static void handlers(SocketServer server) {
        server.on("say", String.class, (socket, text) -> server.emit(SAID, text));
        server.of("/chat").use(context -> {
            if (context.handshake().query("name").isEmpty()) {
                throw new ConnectionRefused("who?", Map.of("field", "name"));
            }
        });
        server.of("/chat").onConnection(socket -> socket.emit("welcome", socket.id()));
    }

    @Test
    void clientsWaitForEvents() {
        var ann = server.client();
        var bob = server.client();

        ann.emit("say", "one");
        ann.emit("say", "two");

        assertThat(bob.awaitEvent("said", String.class)).isEqualTo("one");
        assertThat(bob.awaitEvent(SAID)).isEqualTo("two");
        assertThat(ann.awaitEvent("said").args().size()).isEqualTo(1);
        assertThat(bob.events()).hasToString("['said' [\"one\"], 'said' [\"two\"]]");
    }

    @Test
    void eventsCountFromTheFirst() {
        var ann = server.client("/chat", settings -> settings.query("name", "Ann"));

        assertThat(ann.awaitEvent("welcome", String.class)).isEqualTo(ann.id().orElseThrow());
    }

    @Test
    void refusalsAreThrown() {
        assertThatThrownBy(() -> server.client("/chat"))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessage("who?");
    }

    @Test
    void aClientMayBeConnectedLater() {
        var connected = new CountDownLatch(1);
        var ann = server.newClient("/", settings -> {});
        ann.onConnect(connected::countDown);

        ann.connect().join();

        assertThat(ann.connected()).isTrue();
        assertThat(connected).satisfies(it -> it.await(60, TimeUnit.SECONDS));
    }

    @Test
    void otherClientsMayBeObserved() {
        var ann = server.observe(SocketClient.builder(server.url()).build());
        ann.connect().join();

        server.server().emit(SAID, "hello");

        assertThat(ann.awaitEvent(SAID)).isEqualTo("hello");
    }

    @Test
    void parametersAreResolved(SocketServer given, TestClient ann, SocketClient bob) {
        assertThat(given).isNotNull();
        assertThat(ann).isNotSameAs(bob);
        assertThat(bob.connected()).isTrue();
    }

    @Test
    void aMissingEventNamesThoseThatCame() {
        var ann = server.client();
        var impatient = new ReceivedEvents(ann, Duration.ZERO, () -> "; a hint");
        ann.emit("say", "one");
        ann.emit("say", "two");
        ann.awaitEvent("said");
        ann.awaitEvent("said");

        assertThatThrownBy(() -> impatient.awaitEvent("welcome"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("no 'welcome' within 0 ms, but ['said' [\"one\"]")
                .hasMessageEndingWith("; a hint");
    }

    @Test
    void aMissingEventNamesWhatHandlersHaveThrown() {
        Consumer<SocketServer> handlers = it -> it.onRequest("fail", String.class, (socket, text) -> {
            throw new IllegalStateException("a bug");
        });
        var impatient = new RunningServer(settings -> {}, handlers, Duration.ZERO, LIMIT);
        var ann = impatient.client("/", settings -> {});
        ann.connect().join();
        assertThat(ann.request("fail", "x")).failsWithin(LIMIT);

        assertThatThrownBy(() -> ann.awaitEvent("welcome"))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("no 'welcome' within 0 ms, but \\[]; socket /, connected as \\S+; the server has"
                        + " reported .*'fail' of socket \\S+: java.lang.IllegalStateException: a bug");
        impatient.closeClients();
        impatient.stop();
    }

    @Test
    void aServerThatDoesNotStopNamesTheHandlerThatKeepsIt() {
        var never = new CountDownLatch(1);
        Consumer<SocketServer> handlers = it -> it.on("hang", String.class, (socket, text) -> {
            socket.emit("hangs");
            never.await();
        });
        var stuck = new RunningServer(settings -> {}, handlers, LIMIT, Duration.ofSeconds(2));
        var ann = stuck.connect(stuck.client("/", settings -> {}));
        ann.emit("hang", "x");
        ann.awaitEvent("hangs");
        stuck.closeClients();

        assertThatThrownBy(stuck::stop)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("the server did not stop within 2000 ms; it had ")
                .hasMessageContaining("; the server has reported ")
                .hasMessageContaining("'hang'");
    }
}
