package io.sockeye.server.internal.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.JsonValue;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.EventHandler;
import io.sockeye.server.Inside;
import io.sockeye.server.Line;
import io.sockeye.server.Socket;
import io.sockeye.server.annotation.OnConnect;
import io.sockeye.server.annotation.OnDisconnect;
import io.sockeye.server.annotation.OnEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnnotatedHandlersTest {
    private final Chat chat = new Chat();
    private final AnnotatedCalls calls = new AnnotatedCalls(chat);

    record Line(String author, int size) {}

    @SuppressWarnings("UnusedMethod") // called by method handles
    private static final class Chat {
        private final List<@Nullable Object> seen = new ArrayList<>();
        private final CompletableFuture<String> later = new CompletableFuture<>();

        @OnConnect
        private void arrived(Socket socket) {
            seen.add(socket);
        }

        @OnDisconnect
        void left(DisconnectReason reason, Socket socket) {
            seen.addAll(List.of(reason, socket));
        }

        @OnEvent({"say", "shout"})
        void say(String room, Socket socket, List<Line> lines) {
            seen.addAll(List.of(room, socket, lines));
        }

        @OnEvent("sum")
        long sum(int a, long b) {
            return a + b;
        }

        @OnEvent("all")
        void all(Args args, JsonValue first, Ack ack) {
            seen.addAll(List.of(args.size(), first));
            ack.send("one", "two");
        }

        @OnEvent("maybe")
        String maybe(Map<String, Integer> votes, Optional<List<Integer>> numbers) {
            return votes + " " + numbers;
        }

        @OnEvent("echo")
        @Nullable
        String echo(@Nullable String text) {
            return text;
        }

        @OnEvent("length")
        int length(String text) {
            return text.length();
        }

        @OnEvent("later")
        CompletionStage<String> later() {
            return later;
        }

        @OnEvent("fail")
        void fail(boolean checked) throws IOException {
            if (checked) {
                throw new IOException("disk full");
            }
            throw new AssertionError("wrong");
        }
    }

    @Test
    void connectionsAndDisconnectionsAreHandled() throws Exception {
        calls.connect();
        calls.disconnect(DisconnectReason.PING_TIMEOUT);
        assertThat(chat.seen).containsExactly(AnnotatedCalls.ADA, DisconnectReason.PING_TIMEOUT, AnnotatedCalls.ADA);
    }

    @Test
    void parametersTakeTheArgumentsOneAfterAnotherByTheirGenericType() throws Exception {
        calls.event("say", "[\"lobby\",[{\"author\":\"ada\",\"size\":3}]]");
        assertThat(chat.seen).containsExactly("lobby", AnnotatedCalls.ADA, List.of(new Line("ada", 3)));
        assertThat(calls.sent()).isEmpty();
    }

    @Test
    void oneMethodHandlesSeveralEvents() throws Exception {
        calls.event("shout", "[\"attic\",[]]");
        assertThat(chat.seen).containsExactly("attic", AnnotatedCalls.ADA, List.of());
    }

    @Test
    void theReturnedValueIsTheAcknowledgement() throws Exception {
        calls.event("sum", "[1,3000000000]");
        calls.event("echo", "[null]");
        assertThat(calls.sent()).containsExactly(3_000_000_001L, null);
    }

    @Test
    void aStageIsAcknowledgedWhenItIsComplete() throws Exception {
        calls.event("later", "[]");
        assertThat(calls.sent()).isEmpty();
        chat.later.complete("done");
        assertThat(calls.sent()).containsExactly("done");
    }

    @Test
    void allArgumentsAndTheAcknowledgementMayBeAskedForBesideSingleArguments() throws Exception {
        calls.event("all", "[{\"a\":1},2]");
        assertThat(chat.seen).hasSize(2).element(0).isEqualTo(2);
        assertThat(chat.seen.get(1)).hasToString("OBJECT {\"a\":1}");
        assertThat(calls.sent()).containsExactly("one", "two");
    }

    @Test
    void anOptionalIsEmptyWhereTheClientSentNothingOrNull() throws Exception {
        calls.event("maybe", "[{\"x\":1}]");
        calls.event("maybe", "[{},null]");
        calls.event("maybe", "[{},[1,2]]");
        assertThat(calls.sent()).containsExactly("{x=1} Optional.empty", "{} Optional.empty", "{} Optional[[1, 2]]");
    }

    @Test
    void moreArgumentsThanTheMethodTakesDoNoHarm() throws Exception {
        calls.event("sum", "[1,2,\"three\"]");
        assertThat(calls.sent()).containsExactly(3L);
    }

    @Test
    void argumentsThatAreMissingOrOfAnotherTypeAreTheClientsMistake() {
        assertThatThrownBy(() -> calls.event("sum", "[1]"))
                .isInstanceOf(UnexpectedArgumentsException.class)
                .hasMessage("argument 1 of 1");
        assertThatThrownBy(() -> calls.event("sum", "[1,null]")).isInstanceOf(UnexpectedArgumentsException.class);
        assertThatThrownBy(() -> calls.event("length", "[null]"))
                .isInstanceOf(UnexpectedArgumentsException.class)
                .hasMessage("argument 0: null is no java.lang.String");
        assertThatThrownBy(() -> calls.event("say", "[\"lobby\",7]"))
                .isInstanceOf(UnexpectedArgumentsException.class)
                .hasMessageStartingWith("argument 1: NUMBER 7 is no java.util.List<" + Line.class.getName() + ">: ");
        assertThatThrownBy(() -> calls.event("maybe", "[{},\"text\"]"))
                .isInstanceOf(UnexpectedArgumentsException.class);
        assertThat(chat.seen).isEmpty();
        assertThat(calls.sent())
                .hasSize(4)
                .allSatisfy(answer ->
                        assertThat(answer).hasToString("OBJECT {\"error\":{\"message\":\"unexpected arguments\"}}"));
    }

    @Test
    void whatTheMethodThrowsIsThrownAsItIs() {
        assertThatThrownBy(() -> calls.event("fail", "[true]"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("disk full")
                .hasNoCause();
        assertThatThrownBy(() -> calls.event("fail", "[false]"))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessage("wrong")
                .hasNoCause();
    }

    @Test
    @SuppressWarnings("UnusedMethod")
    void theyBecomeHandlersOfTheNamespaceBesideOthers() {
        var namespace = AnnotatedCalls.ADA.namespace();
        EventHandler present = (socket, args) -> {};
        namespace.on("AnnotatedHandlersTest", present);
        namespace.register(new Object() {
            @OnEvent("AnnotatedHandlersTest")
            void handle() {}
        });
        assertThat(Inside.of(namespace).handlers().event("AnnotatedHandlersTest"))
                .extracting(Listener::handler)
                .hasSize(2)
                .startsWith(present);
    }
}
