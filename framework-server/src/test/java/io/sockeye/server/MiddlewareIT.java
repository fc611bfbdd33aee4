package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The checks of those who want to join a namespace. */
@Timeout(30)
class MiddlewareIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void checksAreAskedInOrderAndTheFirstRefusalIsTheAnswer() throws Exception {
        var server = servers.start();
        server.use(context -> notes.add("first"));
        server.useAsync(context -> CompletableFuture.supplyAsync(() -> "second").thenAccept(notes::add));
        server.use(context -> {
            notes.add("third");
            if (context.auth(Map.class).isEmpty()) {
                throw new ConnectionRefused("who are you?", List.of(7));
            }
        });
        server.use(context -> notes.add("fourth"));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            assertThat(client.next()).isEqualTo("44{\"message\":\"who are you?\",\"data\":[7]}");
            assertThat(notes.next(3)).containsExactly("first", "second", "third");
            client.send("40{\"name\":\"ann\"}");
            client.expect("40{");
            assertThat(notes.next(4)).containsExactly("first", "second", "third", "fourth");
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void anAsynchronousRefusalMayCarryDataAndComeThroughOtherStages() throws Exception {
        var server = servers.start();
        server.useAsync(context -> CompletableFuture.supplyAsync(() -> {
                    throw new ConnectionRefused("no", Map.of("code", 7));
                })
                .thenApply(value -> value));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            assertThat(client.next()).isEqualTo("44{\"message\":\"no\",\"data\":{\"code\":7}}");
        }
    }

    @Test
    void anyOtherFailureRefusesWithoutItsTextAndIsReported() throws Exception {
        var server = servers.start(builder -> builder.onError((error, where) -> notes.add(error + " in " + where)));
        server.of("/a").useAsync(context -> CompletableFuture.failedFuture(new IllegalStateException("secret")));
        server.of("/b").useAsync(MiddlewareIT::nothing);
        server.of("/c").use(context -> {
            throw new ConnectionRefused("data", new Unwritable());
        });
        try (var client = WebSocketClient.open(server)) {
            for (var namespace : List.of("/a", "/b", "/c")) {
                client.send("40" + namespace + ",");
                assertThat(client.next()).isEqualTo("44" + namespace + ",{\"message\":\"connection refused\"}");
            }
            assertThat(notes.next()).contains("secret", "namespace /a");
            assertThat(notes.next()).contains("NullPointerException", "middleware answered null", "namespace /b");
            assertThat(notes.next()).contains("JsonException", "namespace /c");
        }
    }

    @SuppressWarnings("NullAway") // What a user's careless middleware answers.
    private static CompletableFuture<?> nothing(ConnectContext context) {
        return null;
    }

    /** Data that no JSON can be made of. */
    static final class Unwritable {
        @SuppressWarnings("DoNotCallSuggester") // Jackson does.
        public Object getItself() {
            throw new IllegalStateException("unwritable");
        }
    }

    @Test
    void nothingOfASocketExistsBeforeItIsAccepted() throws Exception {
        var decision = new CompletableFuture<Void>();
        var asked = new CountDownLatch(1);
        var server = servers.start();
        server.onConnection(socket -> notes.add("connected"));
        server.useAsync(context -> {
            asked.countDown();
            return decision;
        });
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.fetchSockets().get(10, TimeUnit.SECONDS)).isEmpty();
            assertThat(server.request("anybody?").get(10, TimeUnit.SECONDS)).isEqualTo(Inside.NO_ANSWERS);
            server.emit("early");
            assertThat(notes.isEmpty()).isTrue();
            decision.complete(null);
            client.expect("40{");
            server.emit("late");
            assertThat(client.next()).isEqualTo("42[\"late\"]");
            assertThat(notes.next()).isEqualTo("connected");
        }
    }

    @Test
    void twoConnectsDuringASlowCheckMakeOneSocket() throws Exception {
        var decision = new CompletableFuture<Void>();
        var server = servers.start();
        server.useAsync(context -> {
            notes.add("asked");
            return decision;
        });
        server.onConnection(socket -> notes.add("connected"));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.send("40");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            decision.complete(null);
            client.expect("40{");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            assertThat(server.localSockets().get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(notes.next(2)).containsExactly("asked", "connected");
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void whoItSaysThatItIsByNowCountsDuringASlowCheck() throws Exception {
        var decision = new CompletableFuture<Void>();
        var server = servers.start();
        server.useAsync(context -> {
            notes.add("asked " + context.auth(Map.class));
            return decision;
        });
        server.onConnection(
                socket -> notes.add("connected " + socket.handshake().auth(Map.class)));
        try (var client = WebSocketClient.open(server)) {
            client.send("40{\"user\":1}");
            assertThat(notes.next()).isEqualTo("asked {user=1}");
            client.send("40{\"user\":2}");
            client.send("40{\"user\":3}");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            decision.complete(null);
            client.expect("40{");
            assertThat(notes.next(2)).containsExactly("asked {user=3}", "connected {user=3}");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            assertThat(server.localSockets().get(10, TimeUnit.SECONDS)).hasSize(1);
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void aSecondAttemptCountsAfterOneThatIsRefused() throws Exception {
        var decision = new CompletableFuture<Void>();
        var server = servers.start();
        server.useAsync(context -> decision.thenAccept(nothing -> {
            if (context.auth(Map.class).isEmpty()) {
                throw new ConnectionRefused("who are you?");
            }
        }));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.send("40{\"user\":1}");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            decision.complete(null);
            client.expect("40{"); // And no refusal, which the client would take for the answer to its second attempt.
            assertThat(server.localSockets().get(10, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void aClientThatLeavesDuringASlowCheckBecomesNoSocket() throws Exception {
        var decision = new CompletableFuture<Void>();
        var server = servers.start(builder -> builder.cleanupEmptyChildNamespaces(true));
        var dynamic = server.of(candidate -> candidate.namespace().startsWith("/d-"));
        dynamic.onConnection(socket -> notes.add("connected"));
        server.onNamespace(child -> child.useAsync(context -> {
            notes.add("asked");
            return decision;
        }));
        try (var client = PollingClient.open(server)) {
            client.send("40/d-1,");
            assertThat(notes.next()).isEqualTo("asked");
            assertThat(dynamic.namespaces()).hasSize(1);
            client.send("1");
            assertThat(client.up().get(client.target()).body()).contains("\"code\":1");
            decision.complete(null);
            while (!dynamic.namespaces().isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void whatTheCheckFindsOutIsTheSocketsData() throws Exception {
        var server = servers.start();
        server.use(context -> context.data().put("user", "ann"));
        server.onConnection(socket -> socket.emit("hello", socket.data().get("user")));
        try (var client = WebSocketClient.join(server)) {
            assertThat(client.next()).isEqualTo("42[\"hello\",\"ann\"]");
        }
    }
}
