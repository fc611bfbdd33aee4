package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which handlers are called, and in which order. */
@Timeout(30)
class ListenersIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void handlersOfTheNamespaceComeBeforeTheSocketsOwnAndThePrependedFirst() throws Exception {
        var server = servers.start();
        server.on("say", (socket, args) -> notes.add("second"));
        server.prepend("say", String.class, (socket, text) -> notes.add("first " + text));
        server.onConnection(socket -> socket.on("say", (who, args) -> notes.add("own"))
                .prepend("say", (who, args) -> notes.add("own first")));
        server.of("/other").on("say", (socket, args) -> notes.add("other"));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"say\",\"x\"]");
            assertThat(notes.next(4)).containsExactly("first x", "second", "own first", "own");
            client.join("/other,");
            client.send("42/other,[\"say\",\"x\"]");
            assertThat(notes.next()).isEqualTo("other");
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void onceMeansOneEventAlsoWhenSeveralWait() throws Exception {
        var connected = new CountDownLatch(1);
        var server = servers.start();
        server.onConnection(socket -> {
            connected.await(20, TimeUnit.SECONDS);
            socket.once("n", (who, args) -> notes.add("once " + args.get(0, int.class)));
            socket.once("n", int.class, (who, n) -> notes.add("typed once " + n));
            socket.on("n", (who, args) -> notes.add("every " + args.get(0, int.class)));
        });
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.expect("40{");
            client.send("42[\"n\",1]");
            client.send("42[\"n\",2]");
            connected.countDown();
            client.send("42[\"n\",3]");
            assertThat(notes.next(5)).containsExactly("once 1", "typed once 1", "every 1", "every 2", "every 3");
        }
    }

    @Test
    void anOnceHandlerMayAddItselfAgain() throws Exception {
        var server = servers.start();
        server.onConnection(ListenersIT.this::countOnce);
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"n\"]");
            client.send("42[\"n\"]");
            assertThat(notes.next(2)).containsExactly("n", "n");
        }
    }

    private void countOnce(Socket socket) {
        socket.once("n", (who, args) -> {
            notes.add("n");
            countOnce(who);
        });
    }

    @Test
    void whatIsTakenBackIsCalledNoMore() throws Exception {
        var server = servers.start();
        EventHandler first = (socket, args) -> notes.add("first");
        TypedHandler<String> typed = (socket, text) -> notes.add("typed");
        server.on("say", first).on("say", String.class, typed).on("say", (socket, args) -> notes.add("last"));
        server.onConnection(socket -> {
            socket.once("say", first);
            socket.off("say", first);
            socket.on("other", first).off("other");
        });
        server.on("end", (socket, args) -> notes.add("end"));
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"say\",\"x\"]");
            assertThat(notes.next(3)).containsExactly("first", "typed", "last");
            server.off("say", first);
            server.off("say", typed);
            client.send("42[\"say\",\"x\"]");
            assertThat(notes.next()).isEqualTo("last");
            server.off("say");
            client.send("42[\"say\",\"x\"]");
            client.send("42[\"other\"]");
            client.send("42[\"end\"]");
            assertThat(notes.next()).isEqualTo("end");
            server.on("say", first).on("other", first).off();
            server.on("end", (socket, args) -> notes.add("end"));
            client.send("42[\"say\",\"x\"]");
            client.send("42[\"other\"]");
            client.send("42[\"end\"]");
            assertThat(notes.next()).isEqualTo("end");
        }
    }

    @Test
    void catchAllHandlersSeeEveryEventInTheirOrder() throws Exception {
        var server = servers.start(builder -> builder.onError((error, where) -> notes.add("error")));
        AnyHandler removed = (socket, event, args) -> notes.add("removed");
        server.onAny((socket, event, args) -> notes.add("any " + event + " " + args.get(0, int.class)));
        server.onAny(removed);
        server.prependAny((socket, event, args) -> {
            throw new IllegalStateException("broken");
        });
        server.onConnection(socket -> socket.onAny((who, event, args) -> args.ack("by catch-all")));
        server.on("known", (socket, args) -> notes.add("handler"));
        server.offAny(removed);
        try (var client = WebSocketClient.join(server)) {
            client.send("421[\"unknown\",1]");
            assertThat(client.next()).isEqualTo("431[\"by catch-all\"]");
            client.send("42[\"known\",2]");
            assertThat(notes.next(5)).containsExactly("error", "any unknown 1", "error", "any known 2", "handler");
            server.offAny();
            client.send("42[\"known\",3]");
            assertThat(notes.next()).isEqualTo("handler");
        }
    }

    @Test
    void outgoingCatchAllHandlersSeeWhatIsSentToEachReceiver() throws Exception {
        var server = servers.start();
        server.onConnection(socket -> {
            socket.onAnyOutgoing((who, event, args) -> notes.add("own " + event + " " + args.get(0, int.class)));
            notes.add("connected");
        });
        server.onAnyOutgoing((socket, event, args) -> notes.add("all " + event));
        server.prependAnyOutgoing((socket, event, args) -> notes.add("first"));
        try (var client = WebSocketClient.join(server)) {
            assertThat(notes.next()).isEqualTo("connected");
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            socket.emit("a", 1);
            server.to(socket.id()).emit("b", 2);
            server.except(socket.id()).emit("not for it", 3);
            var answer = socket.request("c", String.class, 4);
            assertThat(notes.next(9))
                    .containsExactly(
                            "first", "all a", "own a 1", "first", "all b", "own b 2", "first", "all c", "own c 4");
            client.expect("42[\"a\",1]");
            client.expect("42[\"b\",2]");
            client.expect("420[\"c\",4]");
            client.send("430[\"ok\"]");
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("ok");
            server.offAnyOutgoing();
            socket.offAnyOutgoing();
            socket.emit("d");
            client.expect("42[\"d\"]");
        }
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void aDroppedVolatileEventWasNotSent() throws Exception {
        var server = servers.start();
        server.onAnyOutgoing((socket, event, args) -> notes.add(event));
        try (var client = PollingClient.join(server)) {
            var socket = server.localSockets().get(10, TimeUnit.SECONDS).get(0);
            socket.asVolatile().emit("dropped");
            socket.emit("kept");
            assertThat(server.localSockets().get(10, TimeUnit.SECONDS)).hasSize(1); // Both have had their turn.
            assertThat(client.next()).isEqualTo("42[\"kept\"]");
            assertThat(notes.next()).isEqualTo("kept");
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void aSlowHandlerOfWhatIsSentDoesNotFillTheMemory() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(builder ->
                builder.outboxBytes(2000).onError((error, where) -> notes.add(String.valueOf(error.getMessage()))));
        server.onAnyOutgoing((socket, event, args) -> {
            release.await(20, TimeUnit.SECONDS);
            notes.add(event);
        });
        try (var client = WebSocketClient.join(server)) {
            for (int i = 0; i < 100; i++) {
                server.emit("n");
                assertThat(client.next()).isEqualTo("42[\"n\"]");
            }
            release.countDown();
            int told = 0;
            var note = notes.next();
            for (; note.equals("n"); note = notes.next()) {
                told++;
            }
            assertThat(note).isEqualTo("sent events are not told of: too many wait for onAnyOutgoing");
            assertThat(told).isBetween(2, 30);
            server.emit("last");
            assertThat(notes.next()).isEqualTo("last");
        }
    }
}
