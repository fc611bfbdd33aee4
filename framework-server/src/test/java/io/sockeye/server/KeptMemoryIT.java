package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept for clients as long as they are there, or may come back, counts in the server's memory. */
@Timeout(30)
class KeptMemoryIT {
    private static final long AMPLE = 100 << 20;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void manyRoomsOfAClient() throws Exception {
        var server = joining(builder -> builder.memory(AMPLE, AMPLE));
        try (var client = WebSocketClient.join(server)) {
            join(client, 30);
            await(server, 1_026);
            join(client, 1_000);
            assertThat(server.memory().inBytes()).isBetween(420_000L, 440_000L);
        }
        awaitNothing(server);
    }

    @Test
    void whoJoinsRoomsWithoutEndIsDisconnectedBeforeTheMemoryIsFull() throws Exception {
        var server = joining(builder -> builder.memory(10_000_000, AMPLE)
                .onOverflow(overflow -> notes.add(overflow.reason().name())));
        try (var modest = WebSocketClient.join(server);
                var greedy = WebSocketClient.join(server)) {
            join(modest, 30);
            for (int i = 0; i < 200; i++) {
                greedy.send("42[\"join\",\"" + i + "x".repeat(50_000) + "\",1]");
            }
            assertThat(notes.next()).isEqualTo("MEMORY");
            join(modest, 40);
        }
        awaitNothing(server);
    }

    @Test
    void answersThatAClientOwes() throws Exception {
        var server = servers.start(builder -> builder.memory(AMPLE, AMPLE));
        server.on("ask", (socket, args) -> socket.request("question", String.class));
        try (var client = WebSocketClient.join(server)) {
            ask(client, 32);
            await(server, 1_026);
            ask(client, 68);
            await(server, 1_026 + 100 * 320);
        }
        awaitNothing(server);
    }

    private static void ask(WebSocketClient client, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            client.send("42[\"ask\"]");
        }
        for (int i = 0; i < count; i++) {
            client.expect("42");
        }
    }

    @Test
    void roomsOfClientsThatAreAway() throws Exception {
        var server = joining(builder -> builder.memory(AMPLE, AMPLE)
                .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))));
        try (var client = WebSocketClient.join(server)) {
            join(client, 200);
        }
        await(server, 1_024 + 200 * 80 + 10 + 2 * 90 + 3 * 100);
    }

    @Test
    void namespacesThatClientsBringIntoBeing() throws Exception {
        var server = servers.start(builder -> builder.memory(AMPLE, AMPLE));
        server.of(Pattern.compile("/room-\\d+"));
        try (var client = WebSocketClient.open(server)) {
            client.join("/room-1,");
            client.join("/room-2,");
            await(server, 2 * (4_096 + 1_026));
        }
        awaitNothing(server);
    }

    @Test
    void namespacesThatClientsBringIntoBeingTakeAQuarterAtMost() throws Exception {
        var server = servers.start(builder -> builder.memory(40_000, AMPLE));
        server.of(Pattern.compile("/room-\\d+"));
        try (var client = WebSocketClient.open(server)) {
            client.join("/room-1,");
            client.join("/room-2,");
            client.send("40/room-3,");
            client.expect("44/room-3,{\"message\":\"too many namespaces\"}");
        }
    }

    private SocketServer joining(UnaryOperator<SocketServerBuilder> settings) {
        var server = servers.start(settings);
        server.on("join", (socket, args) -> {
            for (int i = 0; i < args.get(1, int.class); i++) {
                socket.join(args.get(0, String.class) + i);
            }
        });
        server.onRequest(
                "rooms", Integer.class, (socket, nothing) -> socket.rooms().size());
        return server;
    }

    /** Joins rooms until there are so many. */
    private static void join(WebSocketClient client, int count) throws Exception {
        client.send("42[\"join\",\"\"," + count + "]");
        client.send("421[\"rooms\",0]");
        client.expect("431[" + (count + 1) + "]");
    }

    private static void awaitNothing(SocketServer server) {
        await(server, 0);
    }

    /** An event is given back shortly after the client has its answer. */
    private static void await(SocketServer server, long bytes) {
        while (server.memory().inBytes() != bytes) {
            Thread.onSpinWait();
        }
    }
}
