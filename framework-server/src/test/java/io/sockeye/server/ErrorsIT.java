package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What user code throws is reported and spares the connection. */
@Timeout(30)
class ErrorsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes errors = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.onError((error, where) ->
                errors.add(where.replaceAll("socket [A-Za-z0-9_-]{20}", "socket S") + ": " + error.getMessage())));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
    }

    @Test
    void ofAnEventHandler() throws Exception {
        server.on("fail", (socket, args) -> {
            throw new IllegalStateException("oops");
        });
        server.on("fail", (socket, args) -> args.ack("the second handler runs"));
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"fail\"]");
            assertThat(client.next()).isEqualTo("431[\"the second handler runs\"]");
            assertThat(errors.next()).isEqualTo("handler of event 'fail' of socket S: oops");
            lives(client);
        }
    }

    @Test
    void ofArgumentsThatDoNotFit() throws Exception {
        server.on("number", Integer.class, (socket, number) -> socket.emit("half", number / 2));
        server.on("fields", Fields.class, (socket, fields) -> socket.emit("name", fields.name()));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"fields\",[\"text\"]]");
            assertThat(errors.next()).startsWith("handler of event 'fields' of socket S: ");
            client.send("42[\"number\"]");
            assertThat(errors.next()).contains("event 'number'", "argument 0 of 0");
            lives(client);
        }
    }

    record Fields(String name) {}

    @Test
    void ofAnErrorOfTheLanguage() throws Exception {
        server.on("assert", (socket, args) -> {
            throw new AssertionError("wrong");
        });
        server.on("deep", (socket, args) -> recurse(1));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"assert\"]");
            assertThat(errors.next()).isEqualTo("handler of event 'assert' of socket S: wrong");
            client.send("42[\"deep\"]");
            assertThat(errors.next()).startsWith("handler of event 'deep' of socket S: ");
            lives(client);
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Test
    void ofConnectionAndDisconnectHandlers() throws Exception {
        server.onConnection(socket -> {
            throw new IllegalStateException("at start");
        });
        server.onDisconnecting((socket, reason) -> {
            throw new IllegalStateException("before the end");
        });
        server.onDisconnect((socket, reason) -> {
            throw new IllegalStateException("at the end");
        });
        try (var client = WebSocketClient.join(server)) {
            assertThat(errors.next()).endsWith(": at start");
            lives(client);
        }
        assertThat(errors.next()).isEqualTo("disconnect handler of socket S: before the end");
        assertThat(errors.next()).isEqualTo("disconnect handler of socket S: at the end");
    }

    @Test
    void ofMiddlewareRefusesWithoutTellingTheClientWhy() throws Exception {
        server.of("/guarded").use(context -> {
            throw new IllegalStateException("secret of the database");
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("40/guarded,");
            assertThat(client.next()).isEqualTo("44/guarded,{\"message\":\"connection refused\"}");
            assertThat(errors.next()).isEqualTo("middleware of namespace /guarded: secret of the database");
            lives(client);
        }
    }

    @Test
    void ofAnErrorInMiddlewareRefusesToo() throws Exception {
        server.of("/guarded").use(context -> {
            throw new AssertionError("wrong");
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("40/guarded,");
            assertThat(client.next()).isEqualTo("44/guarded,{\"message\":\"connection refused\"}");
            assertThat(errors.next()).isEqualTo("middleware of namespace /guarded: wrong");
            lives(client);
        }
    }

    @Test
    void ofARefusalThatIsNoJsonRefusesToo() throws Exception {
        server.of("/guarded").use(context -> {
            var loop = new java.util.ArrayList<Object>();
            loop.add(loop);
            throw new ConnectionRefused("no", loop);
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("40/guarded,");
            assertThat(client.next()).isEqualTo("44/guarded,{\"message\":\"connection refused\"}");
            assertThat(errors.next()).startsWith("middleware of namespace /guarded: ");
            lives(client);
        }
    }

    @Test
    void ofAFutureThatARequestHandlerReturned() throws Exception {
        server.onRequest(
                "later",
                String.class,
                (socket, text) -> CompletableFuture.failedFuture(new IllegalStateException("too late")));
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"later\",\"x\"]");
            assertThat(client.next()).isEqualTo("431[{\"error\":{\"message\":\"internal error\"}}]");
            assertThat(errors.next()).isEqualTo("request handler of socket S: too late");
            lives(client);
        }
    }

    @Test
    void ofAnAnswerThatIsNoJson() throws Exception {
        server.onRequest("loop", String.class, (socket, text) -> {
            var list = new java.util.ArrayList<Object>();
            list.add(list);
            return list;
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"loop\",\"x\"]");
            assertThat(client.next()).isEqualTo("431[{\"error\":{\"message\":\"internal error\"}}]");
            assertThat(errors.next()).startsWith("handler of event 'loop' of socket S: ");
            lives(client);
        }
    }

    @Test
    void ofTheErrorHandlerItself() throws Exception {
        var other = servers.start(builder -> builder.onError((error, where) -> {
            throw new IllegalStateException("the error handler fails", error);
        }));
        other.on("fail", (socket, args) -> {
            throw new IllegalStateException("oops");
        });
        other.on("echo", (socket, args) -> args.ack(args.value(0)));
        try (var client = WebSocketClient.join(other)) {
            client.send("42[\"fail\"]");
            lives(client);
        }
    }

    private static void lives(WebSocketClient client) throws Exception {
        client.send("4299[\"echo\",\"alive\"]");
        assertThat(client.next()).isEqualTo("4399[\"alive\"]");
    }
}
