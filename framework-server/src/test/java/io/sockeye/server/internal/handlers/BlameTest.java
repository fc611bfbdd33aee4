package io.sockeye.server.internal.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sockeye.bytes.Bytes;
import io.sockeye.event.Ack;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Rejection;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import io.sockeye.json.Peer;
import io.sockeye.server.Answers;
import io.sockeye.server.internal.namespace.AnswerCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class BlameTest {
    private static final List<Consumer<JsonArray>> READERS = List.of(
            array -> array.get(0, int.class),
            array -> array.get(5, String.class),
            array -> array.value(0).as(int.class),
            array -> array.value(0).fields(),
            array -> array.get(1, Box.class).inner().as(int.class),
            array ->
                    Objects.requireNonNull(array.value(1).fields().get("inner")).as(int.class),
            array -> array.from(1).get(0, int.class),
            array -> array.value(0).copy().as(int.class),
            array -> array.get(1, new TypeReference<Map<String, JsonValue>>() {})
                    .values()
                    .iterator()
                    .next()
                    .copy()
                    .as(int.class));

    record Box(JsonValue inner) {}

    private static JsonArray array(Json json) {
        return json.readArray(Bytes.ofUtf8("[\"text\",{\"inner\":\"text\"}]"), 0);
    }

    private static Args event(JsonArray arguments) {
        return new Args(arguments, Ack.NONE);
    }

    private static Throwable thrown(ThrowingCallable code) {
        return catchThrowable(code);
    }

    @Test
    void whatClientsSentIsTheirFaultHoweverItIsRead() {
        var array = array(Json.standard().sentBy(Peer.CLIENT));
        for (var reader : READERS) {
            var failure = thrown(() -> reader.accept(array));
            assertThat(failure).isInstanceOf(JsonException.class);
            assertThat(Blame.isOfClient(failure)).isTrue();
            assertThat(Blame.cause(new CompletionException(failure), event(array.from(1))))
                    .isInstanceOf(UnexpectedArgumentsException.class);
            var other = event(array(Json.standard().sentBy(Peer.CLIENT)));
            assertThat(Blame.cause(failure, other)).isSameAs(failure);
            assertThat(Refusals.usual(failure)).hasMessage("internal error");
        }
    }

    /** Whoever waits for a handler may have sent everything as it should be. */
    @Test
    void answersThatDoNotFitAreTheirFaultButNoUnexpectedArguments() {
        var array = array(Json.standard().sentBy(Peer.CLIENT)).asAnswer();
        for (var reader : READERS) {
            var failure = thrown(() -> reader.accept(array));
            assertThat(Blame.isOfClient(new CompletionException(failure))).isTrue();
            assertThat(Blame.cause(failure, event(array))).isSameAs(failure).isInstanceOf(JsonException.class);
            assertThat(Refusals.usual(failure)).hasMessage("internal error");
        }
    }

    @Test
    void whatServersSentOrNobodyDidIsNot() {
        for (var json : List.of(Json.standard().sentBy(Peer.SERVER), Json.standard())) {
            for (var reader : READERS) {
                var array = array(json);
                var failure = thrown(() -> reader.accept(array));
                assertThat(Blame.isOfClient(failure)).isFalse();
                assertThat(Blame.cause(failure, event(array))).isSameAs(failure);
            }
        }
        assertThat(Blame.isOfClient(thrown(() -> Json.standard().readValue(Bytes.ofUtf8("{")))))
                .isFalse();
    }

    @Test
    void whatCannotBeWrittenOrReadAtAllIsNot() {
        var json = Json.standard().sentBy(Peer.CLIENT);
        assertThat(Blame.isOfClient(thrown(() -> array(json).get(0, Runnable.class))))
                .isFalse();
        Iterable<Object> noValues = () -> {
            throw new IllegalStateException("no values");
        };
        assertThat(Blame.isOfClient(thrown(() -> json.value(noValues)))).isFalse();
    }

    @Test
    void whoeverOwesTheAnswerIsToBlame() {
        var time = Duration.ofSeconds(1);
        assertThat(Blame.isOfClient(new AckTimeoutException("e", time, Peer.CLIENT)))
                .isTrue();
        assertThat(Blame.isOfClient(new ExecutionException(new DisconnectedException("e", Peer.CLIENT))))
                .isTrue();
        assertThat(Blame.isOfClient(new AckTimeoutException("e", time, Peer.SERVER)))
                .isFalse();
        assertThat(Blame.isOfClient(new ExecutionException(new DisconnectedException("e", Peer.SERVER))))
                .isFalse();
        assertThat(Blame.isOfClient(new IllegalStateException())).isFalse();
    }

    @Test
    void answersToABroadcastAreClientsWhateverAnAdapterReadsThemWith() {
        var seen = new ArrayList<Answers>();
        var collector = new AnswerCollector(Peer.CLIENT, answers -> seen.add(answers.get()));
        collector.servers(List.of("a"));
        collector.asked("a", 1);
        collector.answered("a", array(Json.standard()));
        var args = seen.get(0).values().get(0);
        assertThat(Blame.isOfClient(thrown(() -> args.get(0, int.class)))).isTrue();
    }

    @Test
    void aRefusalIsNobodysFault() {
        var received = Rejection.in(new Args(
                        Json.standard()
                                .sentBy(Peer.SERVER)
                                .readArray(Bytes.ofUtf8("[{\"error\":{\"message\":\"taken\"}}]"), 0),
                        Ack.NONE))
                .orElseThrow();
        assertThat(Blame.isRefusal(received)).isTrue();
        assertThat(Blame.isOfClient(received)).isFalse();
    }
}
