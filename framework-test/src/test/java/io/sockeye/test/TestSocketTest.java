package io.sockeye.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Event;
import io.sockeye.event.Rejection;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.JsonException;
import io.sockeye.server.DisconnectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestSocketTest {
    private static final Event<Numbers> SUM = Event.of("sum", Numbers.class);
    private static final Event<String> SAID = Event.of("said", String.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<Object> seen = new ArrayList<>();
    private final TestServer server = TestServer.create();

    record Numbers(int a, int b) {}

    record Unwritable(String name) {
        @Override
        public String name() {
            throw new IllegalStateException("has none");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void handlersRunOnTheThreadOfTheTestBeforeReceiveReturns() {
        server.server().on("say", String.class, (socket, text) -> seen.add(Thread.currentThread()));

        server.connect().receive("say", "hello");

        assertThat(seen).containsExactly(Thread.currentThread());
    }

    @Test
    void everythingIsCalledInTheServersOrder() {
        server.server().on("say", String.class, (it, text) -> seen.add("server " + text));
        server.server().onAny((it, event, args) -> seen.add("any " + event));
        var socket = server.connect();
        socket.on("say", String.class, (it, text) -> seen.add("socket " + text));
        socket.use((it, event, args) -> seen.add("middleware " + event));

        socket.receive("say", "hello");

        assertThat(seen).containsExactly("any say", "middleware say", "server hello", "socket hello");
    }

    @Test
    void argumentsAreConvertedAsOnTheWire() {
        server.server().on("any", (it, args) -> seen.add(ArgsText.of(args)));
        server.server().on("number", Integer.class, (it, number) -> seen.add(number));
        var socket = server.connect();

        socket.receive("any", new Numbers(1, 2), null, new byte[] {1, 2});
        socket.receive("number", "no number");
        assertThatThrownBy(() -> socket.receive("any", new Unwritable("Ann"))).isInstanceOf(JsonException.class);

        assertThat(seen).containsExactly("[{\"a\":1,\"b\":2}, null, {\"_placeholder\":true,\"num\":0}]");
    }

    @Test
    void requestsAreAnswered() {
        server.server().onRequest(SUM, (it, numbers) -> numbers.a() + numbers.b());

        var answer = server.connect().ask(SUM, new Numbers(1, 2));

        assertThat(answer.as(Integer.class)).isEqualTo(3);
        assertThat(answer).hasToString("'sum' → [3]");
    }

    @Test
    void refusedAndFailedRequestsAreAnsweredAsOnTheWire() {
        server.server().onRequest("refused", String.class, (it, text) -> {
            throw new Rejection("taken", Map.of("try", text + "2"));
        });
        server.server().onRequest("failed", String.class, (it, text) -> {
            throw new IllegalStateException("a bug");
        });
        var socket = server.connect();

        assertThatThrownBy(() -> socket.ask("refused", "Ann").as(String.class))
                .isInstanceOfSatisfying(
                        Rejection.class, it -> assertThat(it.data(Map.class)).contains(Map.of("try", "Ann2")));
        assertThat(socket.ask("failed", "x")).hasToString("'failed' → [{\"error\":{\"message\":\"internal error\"}}]");
        assertThat(socket.ask("failed", Map.of()))
                .hasToString("'failed' → [{\"error\":{\"message\":\"unexpected arguments\"}}]");
        assertThat(server.errors())
                .hasExactlyElementsOfTypes(IllegalStateException.class, UnexpectedArgumentsException.class);
    }

    @Test
    void anAnswerThatIsNotThereSaysWhyPerhaps() {
        server.server().on("ask", (it, args) -> {
            throw new IllegalStateException("a bug");
        });

        var answer = server.connect().ask("ask");

        assertThat(answer.arrived()).isFalse();
        assertThatThrownBy(() -> answer.as(String.class))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the server has not answered 'ask'; handlers have thrown"
                        + " java.lang.IllegalStateException: a bug");
    }

    @Test
    void answersOfOtherThreadsAreWaitedFor() {
        var later = new CompletableFuture<String>();
        server.server().onRequest("ask", String.class, (it, text) -> later);
        var answer = server.connect().ask("ask", "x");

        assertThat(answer.arrived()).isFalse();
        var other = new Thread(() -> later.complete("done"));
        other.start();

        assertThat(answer.await(LIMIT).as(String.class)).isEqualTo("done");
    }

    @Test
    void whatIsSentIsRecorded() {
        var socket = server.connect();

        socket.emit(SAID, "hello");
        socket.emit("moved", 1, 2);

        assertThat(socket.sent(SAID)).containsExactly("hello");
        assertThat(socket.sent()).hasToString("['said' [\"hello\"], 'moved' [1, 2]]");
        assertThat(socket.sent("moved").get(0).args().get(1, int.class)).isEqualTo(2);
    }

    @Test
    void theTestAnswersWhatTheServerAsks() {
        var socket = server.connect();
        var ready = socket.request("ready?", Boolean.class);

        socket.sent("ready?").get(0).answer(true);

        assertThat(ready).isCompletedWithValue(true);
        assertThatThrownBy(() -> socket.sent("ready?").get(0).answer(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("was answered before: 'ready?' []");
    }

    @Test
    void whatIsNotAskedForCannotBeAnswered() {
        var socket = server.connect();
        socket.emit(SAID, "hello");

        assertThatThrownBy(() -> socket.sent().get(0).answer())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server wants no answer to 'said' [\"hello\"]");
    }

    @Test
    void timePassesWhenTheTestSaysSo() {
        var socket = server.connect();
        var ready = socket.timeout(Duration.ofSeconds(5)).request("ready?", Boolean.class);

        server.advance(Duration.ofSeconds(4));
        assertThat(ready).isNotDone();
        server.advance(Duration.ofSeconds(2));

        assertThat(ready).isCompletedExceptionally();
        assertThatThrownBy(ready::join).hasCauseInstanceOf(AckTimeoutException.class);
    }

    @Test
    void pingsAreAnswered() {
        var socket = server.connect();

        server.advance(Duration.ofMinutes(10));

        assertThat(socket.connected()).isTrue();
    }

    @Test
    void roomsAreRecorded() {
        server.server().on("enter", String.class, (socket, room) -> {
            socket.rooms().forEach(it -> {
                if (!it.equals(socket.id())) {
                    socket.leave(it);
                }
            });
            socket.join(room);
        });
        var socket = server.connect();

        socket.receive("enter", "red");
        socket.receive("enter", "blue");

        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "blue");
        assertThat(socket.joinedRooms()).containsExactly("red", "blue");
        assertThat(socket.leftRooms()).containsExactly("red");
    }

    @Test
    void broadcastsAreRecordedAndReachTheOthers() {
        server.server().onConnection(it -> it.join("lobby"));
        server.server().on("say", String.class, (it, text) -> it.to("lobby").emit(SAID, text));
        var ann = server.connect();
        var bob = server.connect();

        ann.receive("say", "hello");

        assertThat(bob.sent(SAID)).containsExactly("hello");
        assertThat(ann.sent()).isEmpty();
        assertThat(bob.broadcasts()).isEmpty();
        assertThat(ann.broadcasts()).singleElement().satisfies(it -> {
            assertThat(it.target().rooms()).containsExactly("lobby");
            assertThat(it.target().except()).containsExactly(ann.id());
            assertThat(it.event().as(SAID)).isEqualTo("hello");
            assertThat(it.asksForAnswers()).isFalse();
        });
    }

    @Test
    void handlersAreToldWhyAClientLeft() {
        server.server()
                .onDisconnecting((socket, reason) ->
                        seen.add(reason + " " + socket.rooms().size()));
        server.server().onDisconnect((socket, reason) -> seen.add(reason));
        var polite = server.connect();
        var lost = server.connect();
        var removed = server.connect();

        polite.sayGoodbye();
        lost.loseConnection();
        removed.disconnect();

        assertThat(seen)
                .containsExactly(
                        "CLIENT_NAMESPACE_DISCONNECT 1",
                        DisconnectReason.CLIENT_NAMESPACE_DISCONNECT,
                        "TRANSPORT_CLOSE 1",
                        DisconnectReason.TRANSPORT_CLOSE,
                        "SERVER_NAMESPACE_DISCONNECT 1",
                        DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        assertThat(polite.connected()).isFalse();
        assertThat(polite.connectionOpen()).isTrue();
        assertThat(lost.connectionOpen()).isFalse();
    }

    @Test
    void aClientThatIsGoneCannotSend() {
        var left = server.connect();
        left.sayGoodbye();
        var lost = server.connect();
        lost.loseConnection();
        var removed = server.connect();
        removed.disconnect();

        assertThatThrownBy(() -> left.receive("say")).hasMessage("the client has left the namespace");
        assertThatThrownBy(() -> lost.receive("say")).hasMessage("the connection has ended");
        assertThatThrownBy(() -> removed.receive("say")).hasMessage("the server has disconnected the socket");
    }

    @Test
    void reservedNamesAreRefused() {
        var socket = server.connect();

        assertThatThrownBy(() -> socket.receive("disconnect"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'disconnect' is a reserved event name");
    }

    @Test
    void whatOtherThreadsSendIsWaitedFor() {
        var socket = server.connect();
        new Thread(() -> server.server().emit(SAID, "hello")).start();

        assertThat(socket.awaitSent("said", LIMIT).as(SAID)).isEqualTo("hello");
    }

    @Test
    void aMissingEventNamesThoseThatCame() {
        var socket = server.connect();
        socket.emit(SAID, "hello");

        assertThatThrownBy(() -> socket.awaitSent("welcome", Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no 'welcome' was sent within 0 ms, but ['said' [\"hello\"]]");
    }

    @Test
    void oneHandlerMayLeadToAnother() {
        var bob = server.connect();
        server.server().on("first", (it, args) -> {
            bob.receive("second");
            seen.add("first is over");
        });
        server.server().on("second", (it, args) -> seen.add("second"));

        server.connect().receive("first");

        assertThat(seen).containsExactly("first is over", "second");
    }

    @Test
    void aHandlerMayBeCalledWithTheSocketItself() {
        var socket = server.connect();

        assertThat(socket.on("say", (it, args) -> seen.add(it.id()))).isSameAs(socket);
        socket.receive("say");

        assertThat(seen).containsExactly(socket.id());
        assertThat(List.of(socket)).contains(socket).doesNotContain(server.connect());
        assertThat(socket.namespace().name()).isEqualTo("/");
    }
}
