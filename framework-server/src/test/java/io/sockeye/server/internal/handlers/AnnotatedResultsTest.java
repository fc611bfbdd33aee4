package io.sockeye.server.internal.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sockeye.event.Rejection;
import io.sockeye.json.Typed;
import io.sockeye.server.annotation.OnEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;

class AnnotatedResultsTest {
    private static final Open WHY = new Open("why");
    private static final List<Question> QUESTIONS = List.of(WHY);

    private final AnnotatedCalls calls = new AnnotatedCalls(new Quiz());

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Open.class, name = "open"))
    interface Question {}

    record Open(String text) implements Question {}

    record Page<T>(List<T> items) {}

    static final class Promise extends CompletableFuture<List<Question>> {}

    interface Source<T> {
        @OnEvent("inherited")
        default Collection<T> inherited() {
            return all();
        }

        Collection<T> all();
    }

    @SuppressWarnings("UnusedMethod") // called by method handles
    private static final class Quiz implements Source<Question> {
        @OnEvent("list")
        List<Question> list() {
            return QUESTIONS;
        }

        @OnEvent("wildcard")
        List<? extends Question> wildcard() {
            return QUESTIONS;
        }

        @OnEvent("optional")
        Optional<Question> optional() {
            return Optional.of(WHY);
        }

        @OnEvent("map")
        Map<String, Question> map() {
            return Map.of("a", WHY);
        }

        @OnEvent("one")
        Question one() {
            return WHY;
        }

        @OnEvent("page")
        Page<Question> page() {
            return new Page<>(QUESTIONS);
        }

        @OnEvent("stage")
        CompletionStage<List<Question>> stage() {
            return CompletableFuture.completedFuture(QUESTIONS);
        }

        @OnEvent("stage of any")
        CompletionStage<? extends Optional<? extends Question>> stageOfAny() {
            return CompletableFuture.completedFuture(Optional.of(WHY));
        }

        @OnEvent("promise")
        Promise promise() {
            var promise = new Promise();
            promise.complete(QUESTIONS);
            return promise;
        }

        @OnEvent("typed")
        Object typed() {
            return Typed.of(QUESTIONS, new TypeReference<List<Question>>() {});
        }

        @OnEvent("undeclared")
        @SuppressWarnings("unchecked") // as the test wants it
        <T> CompletionStage<T> undeclared() {
            return (CompletionStage<T>) CompletableFuture.<Object>completedFuture(typed());
        }

        @OnEvent("any")
        @Nullable
        Object any(String what) {
            return what.equals("null") ? null : new Rejection(what);
        }

        @OnEvent("number")
        int number() {
            return 7;
        }

        @Override
        public Collection<Question> all() {
            return QUESTIONS;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    list         | [[{"kind":"open","text":"why"}]]
                    wildcard     | [[{"kind":"open","text":"why"}]]
                    optional     | [{"kind":"open","text":"why"}]
                    map          | [{"a":{"kind":"open","text":"why"}}]
                    one          | [{"kind":"open","text":"why"}]
                    page         | [{"items":[{"kind":"open","text":"why"}]}]
                    stage        | [[{"kind":"open","text":"why"}]]
                    stage of any | [{"kind":"open","text":"why"}]
                    promise      | [[{"kind":"open","text":"why"}]]
                    inherited    | [[{"kind":"open","text":"why"}]]
                    typed        | [[{"kind":"open","text":"why"}]]
                    undeclared   | [[{"kind":"open","text":"why"}]]
                    number       | [7]
                    """)
    void areWrittenAsTheyAreDeclared(String event, String written) throws Exception {
        calls.event(event, "[]");
        assertThat(calls.written()).containsExactly(written);
    }

    @Test
    void areWrittenAsTheyAreWhereAnythingIsDeclared() throws Exception {
        calls.event("any", "[\"null\"]");
        calls.event("any", "[\"taken\"]");
        assertThat(calls.written()).containsExactly("[null]", "[{\"error\":{\"message\":\"taken\"}}]");
    }
}
