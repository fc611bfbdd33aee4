package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The checks of each event that arrives. */
@Timeout(30)
class EventMiddlewareIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void checksOfTheNamespaceComeFirstThenTheSocketsOwnThenTheHandlers() throws Exception {
        var server = servers.start();
        server.on("say", (socket, args) -> notes.add("handler"));
        server.onAny((socket, event, args) -> notes.add("catch-all"));
        server.onConnection(socket -> socket.use((who, event, args) -> notes.add("own " + event))
                .use((who, event, args) -> notes.add("own again " + args.get(0, int.class))));
        server.useForEvents((socket, event, args) -> notes.add("first"));
        server.useForEvents((socket, event, args) -> notes.add("second"));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"say\",5]");
            assertThat(notes.next(6))
                    .containsExactly("catch-all", "first", "second", "own say", "own again 5", "handler");
        }
    }

    @Test
    void aRefusedEventReachesNoHandlerAndIsReported() throws Exception {
        var server = servers.start(builder -> builder.onError((error, where) -> notes.add(where + ": " + error)));
        server.useForEvents((socket, event, args) -> {
            if (event.equals("secret")) {
                throw new IllegalArgumentException("not for you");
            }
        });
        server.useForEvents((socket, event, args) -> notes.add("next check of " + event));
        server.onAny((socket, event, args) -> notes.add("catch-all " + event));
        server.on("secret", (socket, args) -> notes.add("handler"));
        server.withEventLoop().on("secret", (socket, args) -> notes.add("handler on the loop"));
        server.withExecutor(Runnable::run).on("secret", (socket, args) -> notes.add("handler elsewhere"));
        server.on("echo", (socket, args) -> args.ack(1));
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"secret\"]");
            client.send("422[\"echo\"]");
            assertThat(client.next()).isEqualTo("432[1]");
            assertThat(notes.next()).isEqualTo("catch-all secret");
            assertThat(notes.next()).contains("middleware for event 'secret' of socket ", "not for you");
            assertThat(notes.next(2)).containsExactly("catch-all echo", "next check of echo");
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void aCheckMayAnswerInPlaceOfTheHandlers() throws Exception {
        var server = servers.start(builder -> builder.onError((error, where) -> {}));
        server.onRequest("say", String.class, (socket, text) -> text);
        server.useForEvents((socket, event, args) -> {
            args.ack("forbidden");
            throw new IllegalArgumentException("forbidden");
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"say\",\"x\"]");
            assertThat(client.next()).isEqualTo("431[\"forbidden\"]");
        }
    }

    @Test
    void aCheckThatTheConnectionHandlerAddsSeesAlsoEventsThatCameBefore() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(
                builder -> builder.onError((error, where) -> notes.add(String.valueOf(error.getMessage()))));
        server.on("secret", (socket, args) -> notes.add("handled"));
        server.onConnection(socket -> {
            release.await(10, TimeUnit.SECONDS);
            socket.use((who, event, args) -> {
                throw new IllegalArgumentException("refused " + event);
            });
        });
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.expect("40{");
            client.send("42[\"secret\"]");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            release.countDown();
            assertThat(notes.next()).isEqualTo("refused secret");
            client.send("42[\"later\"]");
            assertThat(notes.next()).isEqualTo("refused later");
        }
    }
}
