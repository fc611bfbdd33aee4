package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class ThreadsIT {
    private static final String EVENT_LOOP = "sockeye-\\d+-\\d+";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes threads = new Notes();

    @Test
    void noUserCodeRunsOnAnEventLoop() throws Exception {
        var server = servers.start(
                builder -> builder.onError((error, where) -> note("error")).http(request -> {
                    note("http");
                    return io.sockeye.server.http.HttpResponse.notFound();
                }));
        noteThreads(server);
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"say\",1]");
            client.expect("420[\"ask\"]");
            client.send("430[]");
            assertThat(threads.next(4))
                    .noneMatch(note -> note.matches(".* " + EVENT_LOOP))
                    .hasSize(4);
        }
        assertThat(threads.next(3)).noneMatch(note -> note.matches(".* " + EVENT_LOOP));
        try (var wire = Wire.to(server)) {
            wire.get("/page");
            assertThat(threads.next()).doesNotMatch("http " + EVENT_LOOP);
        }
    }

    @Test
    void allUserCodeRunsOnTheEventLoopIfTheUserWantsThat() throws Exception {
        var server = servers.start(
                builder -> builder.onError((error, where) -> note("error")).handlersOnEventLoop());
        noteThreads(server);
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"say\",1]");
            client.expect("420[\"ask\"]");
            client.send("430[]");
            assertThat(threads.next(4)).allMatch(note -> note.matches(".* " + EVENT_LOOP));
        }
        assertThat(threads.next(3)).allMatch(note -> note.matches(".* " + EVENT_LOOP));
    }

    private void noteThreads(SocketServer server) {
        server.use(context -> note("middleware"));
        server.onConnection(socket -> note("connection"));
        server.on("say", (socket, args) -> {
            note("event");
            socket.request("ask", String.class).whenComplete((answer, failure) -> note("answer"));
        });
        server.onDisconnecting((socket, reason) -> note("disconnecting"));
        server.onDisconnect((socket, reason) -> {
            note("disconnect");
            throw new IllegalStateException("for the error handler");
        });
    }

    private void note(String what) {
        threads.add(what + " " + Thread.currentThread().getName());
    }

    @Test
    void aBlockedHandlerDelaysItsOwnSocketOnly() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(builder -> builder.loops(1));
        server.on("block", (socket, args) -> release.await(20, TimeUnit.SECONDS));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        try (var blocked = WebSocketClient.join(server);
                var other = WebSocketClient.join(server)) {
            blocked.send("42[\"block\"]");
            blocked.send("421[\"echo\",\"late\"]");
            other.send("421[\"echo\",\"at once\"]");
            assertThat(other.next()).isEqualTo("431[\"at once\"]");
            release.countDown();
            assertThat(blocked.next()).isEqualTo("431[\"late\"]");
        }
    }

    @Test
    void aBlockedHandlerDelaysNoOtherNamespaceOfItsClient() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start();
        server.on("block", (socket, args) -> release.await(20, TimeUnit.SECONDS));
        server.of("/other").on("echo", (socket, args) -> args.ack(args.value(0)));
        try (var client = WebSocketClient.join(server)) {
            client.join("/other,");
            client.send("42[\"block\"]");
            client.send("42/other,1[\"echo\",1]");
            assertThat(client.next()).isEqualTo("43/other,1[1]");
            release.countDown();
        }
    }

    @Test
    void pingsGoOnWhileAHandlerBlocks() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(
                builder -> builder.loops(1).pingInterval(Duration.ofMillis(50)).pingTimeout(Duration.ofSeconds(20)));
        server.on("block", (socket, args) -> release.await(20, TimeUnit.SECONDS));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"block\"]");
            for (int i = 0; i < 3; i++) {
                assertThat(client.nextFrame()).hasToString("2");
                client.send("3");
            }
            release.countDown();
        }
    }

    @Test
    void theConnectionHandlerRunsFirstAndEventsWaitForIt() throws Exception {
        var release = new CountDownLatch(1);
        var notes = new Notes();
        var server = servers.start();
        server.onConnection(socket -> {
            release.await(20, TimeUnit.SECONDS);
            notes.add("connected");
            socket.on("say", (who, args) -> notes.add("own " + args.get(0, int.class)));
        });
        server.on("say", (socket, args) -> notes.add("say " + args.get(0, int.class)));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.expect("40{");
            client.send("42[\"say\",1]");
            client.send("42[\"say\",2]");
            release.countDown();
            assertThat(notes.next(5)).containsExactly("connected", "say 1", "own 1", "say 2", "own 2");
        }
    }

    @Test
    void eventsOfASocketAreHandledInOrder() throws Exception {
        var notes = new Notes();
        var server = servers.start();
        server.on("n", Integer.class, (socket, n) -> notes.add("n" + n));
        try (var client = WebSocketClient.join(server)) {
            var expected = new ArrayList<String>();
            for (int i = 0; i < 1_000; i++) {
                client.send("42[\"n\"," + i + "]");
                expected.add("n" + i);
            }
            assertThat(notes.next(1_000)).isEqualTo(expected);
        }
    }

    @Test
    void aHandlerMayWaitForAnAnswerOfItsOwnClient() throws Exception {
        var server = servers.start();
        server.onRequest(
                "sum",
                Integer.class,
                (socket, n) -> n + socket.request("more", Integer.class).get(10, TimeUnit.SECONDS));
        try (var client = WebSocketClient.join(server)) {
            client.send("427[\"sum\",40]");
            client.expect("420[\"more\"]");
            client.send("430[2]");
            assertThat(client.next()).isEqualTo("437[42]");
        }
    }

    @Test
    void moreHandlersMayWaitForAnswersThanThereAreThreads() throws Exception {
        int count = 80;
        var server = servers.start();
        server.onRequest(
                "ask",
                Integer.class,
                (socket, n) -> socket.request("back", Integer.class).get(10, TimeUnit.SECONDS));
        var clients = new ArrayList<WebSocketClient>();
        try {
            for (int i = 0; i < count; i++) {
                clients.add(WebSocketClient.join(server));
                clients.get(i).send("421[\"ask\",0]");
            }
            for (int i = 0; i < count; i++) {
                String question = clients.get(i).expect("42");
                clients.get(i).send("43" + question.substring(2, question.indexOf('[')) + "[" + i + "]");
                assertThat(clients.get(i).next()).isEqualTo("431[" + i + "]");
            }
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void blockingMiddlewareDelaysOnlyItsOwnClient() throws Exception {
        var release = new CompletableFuture<Void>();
        var server = servers.start(builder -> builder.loops(1));
        server.of("/slow").use(context -> release.get(20, TimeUnit.SECONDS));
        server.on("echo", (socket, args) -> args.ack());
        try (var slow = WebSocketClient.join(server);
                var other = WebSocketClient.join(server)) {
            slow.send("40/slow,");
            slow.send("421[\"echo\"]");
            assertThat(slow.next()).isEqualTo("431[]");
            other.send("421[\"echo\"]");
            assertThat(other.next()).isEqualTo("431[]");
            release.complete(null);
            slow.expect("40/slow,{");
        }
    }
}
