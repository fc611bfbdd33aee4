package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.namespace.InMemoryAdapter;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class DynamicNamespacesIT {
    private static final Pattern TENANTS = Pattern.compile("/tenant-\\d+");

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void aPatternMeansWholeNamesAndItsChildrenShareHandlers() throws Exception {
        var server = servers.start();
        var tenants = server.of(TENANTS);
        tenants.on("say", (socket, args) -> notes.add(socket.namespace().name() + " " + args.get(0, int.class)));
        server.onNamespace(child -> child.on("say", (socket, args) -> notes.add("own")));
        try (var client = WebSocketClient.open(server)) {
            client.join("/tenant-1,");
            client.join("/tenant-2,");
            client.send("40/tenant-1/x,");
            client.expect("44/tenant-1/x,{\"message\":\"Invalid namespace\"}");
            client.send("42/tenant-2,[\"say\",2]");
            assertThat(notes.next(2)).containsExactly("/tenant-2 2", "own");
            client.send("42/tenant-1,[\"say\",1]");
            assertThat(notes.next(2)).containsExactly("/tenant-1 1", "own");
            assertThat(tenants.namespaces())
                    .extracting(Namespace::name)
                    .containsExactlyInAnyOrder("/tenant-1", "/tenant-2");
            tenants.emit("to all");
            assertThat(java.util.List.of(client.next(), client.next()))
                    .containsExactlyInAnyOrder("42/tenant-1,[\"to all\"]", "42/tenant-2,[\"to all\"]");
            server.of("/tenant-1").emit("to one");
            assertThat(client.next()).isEqualTo("42/tenant-1,[\"to one\"]");
        }
    }

    @Test
    void aPredicateSeesWhoTheClientIs() throws Exception {
        var server = servers.start();
        server.of(candidate -> candidate.auth(Map.class).containsKey("token"));
        try (var client = WebSocketClient.open(server)) {
            client.send("40/any,");
            client.expect("44/any,{\"message\":\"Invalid namespace\"}");
            client.send("40/any,{\"token\":1}");
            client.expect("40/any,{");
        }
    }

    @Test
    void aNamespaceThatWasNamedWinsOverAPattern() throws Exception {
        var server = servers.start();
        server.of("/tenant-1").onConnection(socket -> notes.add("static"));
        server.of(TENANTS).onConnection(socket -> notes.add("dynamic"));
        try (var client = WebSocketClient.open(server)) {
            client.join("/tenant-1,");
            assertThat(notes.next()).isEqualTo("static");
            client.join("/tenant-2,");
            assertThat(notes.next()).isEqualTo("dynamic");
        }
    }

    @Test
    void aNamespaceThatIsNamedAfterItsPatternIsOneOfThese() throws Exception {
        var server = servers.start();
        var tenants = server.of(TENANTS).onConnection(socket -> notes.add("dynamic"));
        var first = server.of("/tenant-1").onConnection(socket -> notes.add("own"));
        assertThat(tenants.namespaces()).containsExactly(first);
        assertThat(server.of("/tenant-1")).isSameAs(first);
        try (var client = WebSocketClient.open(server)) {
            client.join("/tenant-1,");
            assertThat(notes.next(2)).containsExactly("dynamic", "own");
        }
    }

    @Test
    void theHandlerOfANewNamespaceMayAskForItByName() {
        var server = servers.build(builder -> builder);
        server.onNamespace(namespace -> notes.add(String.valueOf(server.of(namespace.name()) == namespace)));
        var admin = server.of("/admin");
        assertThat(notes.isEmpty()).isFalse();
        assertThat(server.of("/admin")).isSameAs(admin);
    }

    @Test
    void aMatcherThatThrowsCountsAsNoAndIsReported() throws Exception {
        var server = servers.start(
                builder -> builder.onError((error, where) -> notes.add(String.valueOf(error.getMessage()))));
        server.of(candidate -> {
            throw new IllegalStateException("broken matcher");
        });
        server.of(TENANTS);
        try (var client = WebSocketClient.open(server)) {
            client.join("/tenant-1,");
            assertThat(notes.next()).isEqualTo("broken matcher");
            client.send("40/other,");
            client.expect("44/other,{\"message\":\"Invalid namespace\"}");
            assertThat(notes.next()).isEqualTo("broken matcher");
        }
    }

    @Test
    @DisplayName("socket.io#4615: a client that is refused brings no namespace into being")
    void issue4615_aRefusedClientBringsNoNamespaceIntoBeing() throws Exception {
        var server = servers.start();
        var tenants = server.of(TENANTS).use(context -> {
            if (context.auth(Map.class).isEmpty()) {
                throw new ConnectionRefused("no");
            }
        });
        server.onNamespace(child -> notes.add(child.name()));
        try (var client = WebSocketClient.open(server)) {
            for (int i = 0; i < 100; i++) {
                client.send("40/tenant-" + i + ",");
                client.expect("44/tenant-" + i + ",{\"message\":\"no\"}");
            }
            assertThat(tenants.namespaces()).isEmpty();
            client.send("40/tenant-7,{\"token\":1}");
            client.expect("40/tenant-7,{");
            assertThat(notes.next()).isEqualTo("/tenant-7");
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void theParentsCheckIsAskedForEachClientAlsoWhenTheChildExists() throws Exception {
        var server = servers.start();
        server.of(TENANTS).use(context -> notes.add("asked"));
        try (var one = WebSocketClient.open(server);
                var two = WebSocketClient.open(server)) {
            one.join("/tenant-1,");
            assertThat(notes.next()).isEqualTo("asked");
            two.join("/tenant-1,");
            assertThat(notes.next()).isEqualTo("asked");
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void aNewNamespaceIsToldOfBeforeItsFirstSocket() throws Exception {
        var server = servers.start();
        var tenants = server.of(TENANTS);
        server.onNamespace(child -> {
            notes.add("new " + child.name());
            child.onConnection(socket -> notes.add("connected"));
        });
        server.of("/named");
        assertThat(notes.next()).isEqualTo("new /named");
        try (var client = WebSocketClient.open(server)) {
            client.join("/tenant-1,");
            assertThat(notes.next(2)).containsExactly("new /tenant-1", "connected");
            assertThat(tenants.namespaces()).hasSize(1);
        }
    }

    @Test
    void emptyChildrenAreCleanedUpUnlessTheyAreToStay() throws Exception {
        var kept = servers.start(builder -> builder.cleanupEmptyChildNamespaces(false));
        var keeping = kept.of(TENANTS);
        joinAndLeave(kept);
        assertThat(keeping.namespaces()).hasSize(1);
        var cleaned = servers.start();
        var cleaning = cleaned.of(TENANTS);
        cleaned.onNamespace(child -> notes.add("new"));
        joinAndLeave(cleaned);
        awaitEmpty(cleaning);
        joinAndLeave(cleaned);
        awaitEmpty(cleaning);
        assertThat(notes.next(2)).hasSize(2);
        cleaned.of("/named");
        assertThat(cleaned.of("/named")).isSameAs(cleaned.of("/named"));
    }

    @Test
    void whatTheApplicationMadeByNameStaysWithItsHandlers() throws Exception {
        var server = servers.start();
        var tenants = server.of(TENANTS);
        var own = server.of("/tenant-1").onDisconnect((socket, reason) -> notes.add("left"));
        joinAndLeave(server);
        joinAndLeave(server);
        assertThat(notes.next(2)).containsExactly("left", "left");
        assertThat(tenants.namespaces()).containsExactly(own);
    }

    private static void joinAndLeave(SocketServer server) throws Exception {
        try (var client = WebSocketClient.open(server)) {
            client.join("/tenant-1,");
            client.send("41/tenant-1,");
            client.send("40/unknown,");
            client.expect("44/unknown,");
        }
    }

    @Test
    void whoIsRefusedByTheChildsOwnCheckLeavesNoNamespaceBehind() throws Exception {
        var server = servers.start(builder -> builder.cleanupEmptyChildNamespaces(true));
        var tenants = server.of(TENANTS);
        server.onNamespace(child -> child.use(context -> {
            throw new ConnectionRefused("no");
        }));
        try (var client = WebSocketClient.open(server)) {
            client.send("40/tenant-1,");
            client.expect("44/tenant-1,{\"message\":\"no\"}");
            assertThat(tenants.namespaces()).isEmpty();
        }
    }

    @Test
    void whileOthersComeAndGoNobodyIsInANamespaceThatIsGone() throws Exception {
        var server = servers.start(builder -> builder.loops(4).cleanupEmptyChildNamespaces(true));
        var tenants = server.of(TENANTS);
        var pool = Executors.newFixedThreadPool(6);
        var rounds = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 6; i++) {
            String name = "client-" + i;
            rounds.add(CompletableFuture.runAsync(() -> comeAndGo(server, tenants, name), pool));
        }
        CompletableFuture.allOf(rounds.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);
        pool.shutdown();
        awaitEmpty(tenants);
    }

    /** Within the time of the test. */
    private static void awaitEmpty(DynamicNamespace parent) {
        while (!parent.namespaces().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** Whoever has joined hears what is sent to all children. */
    private static void comeAndGo(SocketServer server, DynamicNamespace tenants, String name) {
        try (var client = WebSocketClient.open(server)) {
            for (int i = 0; i < 60; i++) {
                client.join("/tenant-1,");
                String call = name + "-" + i;
                tenants.emit(call);
                while (!client.next().contains(call)) {
                    Thread.onSpinWait();
                }
                client.send("41/tenant-1,");
                client.send("40/unknown,");
                while (!client.next().startsWith("44/unknown")) {
                    Thread.onSpinWait();
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anAdapterThatCannotBeMadeRefusesTheClient() throws Exception {
        var server = servers.start(builder -> builder.onError(
                        (error, where) -> notes.add(String.valueOf(error.getMessage())))
                .adapter(sockets -> {
                    if (sockets.namespace().equals("/tenant-1")) {
                        throw new IllegalStateException("no adapter");
                    }
                    return new InMemoryAdapter(sockets);
                }));
        server.of(TENANTS);
        try (var client = WebSocketClient.open(server)) {
            client.send("40/tenant-1,");
            client.expect("44/tenant-1,{\"message\":\"connection refused\"}");
            assertThat(notes.next()).isEqualTo("no adapter");
            client.join("/tenant-2,");
        }
    }
}
