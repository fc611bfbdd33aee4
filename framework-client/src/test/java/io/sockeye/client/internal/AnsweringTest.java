package io.sockeye.client.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.RequestErrorHandler;
import io.sockeye.event.Args;
import io.sockeye.event.Rejection;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class AnsweringTest {
    private final List<String> errors = new ArrayList<>();
    private final ClientUnderTest test =
            new ClientUnderTest(builder -> builder.onError((error, where) -> errors.add(where + ": " + error)));

    /** It cannot be written as JSON. */
    private static Iterator<Object> noValues() {
        throw new IllegalStateException("no values");
    }

    @Test
    void failsARequestThatTheServerRejects() {
        test.connect();
        var typed = test.client.request("a", Integer.class);
        var all = test.client.request("b", Args.class);
        var none = test.client.request("c", Void.class);
        test.receive(
                "430[{\"error\":{\"message\":\"taken\",\"data\":{\"try\":\"Ada2\"}}}]",
                "431[{\"error\":{\"message\":\"no\"}}]",
                "432[{\"error\":{\"message\":\"no\"}}]");
        assertThatThrownBy(() -> typed.get(5, SECONDS)).cause().isInstanceOfSatisfying(Rejection.class, rejection -> {
            assertThat(rejection).hasMessage("taken");
            assertThat(rejection.data(new TypeReference<Map<String, String>>() {}))
                    .contains(Map.of("try", "Ada2"));
        });
        assertThatThrownBy(() -> all.get(5, SECONDS)).hasCauseInstanceOf(Rejection.class);
        assertThatThrownBy(() -> none.get(5, SECONDS)).hasCauseInstanceOf(Rejection.class);
    }

    @Test
    void answersWithWhatAnyHandlerRejects() {
        var rejection = new Rejection("taken", Map.of("try", "Ada2"));
        test.client.onRequest("request", String.class, name -> {
            throw rejection;
        });
        test.client.onRequest("later", String.class, name -> CompletableFuture.failedFuture(rejection));
        test.client.onRequest(
                "composed",
                String.class,
                name -> CompletableFuture.completedFuture(1).thenApply(one -> {
                    throw rejection;
                }));
        test.client.on("plain", args -> {
            throw rejection;
        });
        test.client.on("typed", String.class, name -> {
            throw rejection;
        });
        test.connect();
        test.receive(
                "421[\"request\",\"Ada\"]",
                "422[\"later\",\"Ada\"]",
                "423[\"composed\",\"Ada\"]",
                "424[\"plain\",\"Ada\"]",
                "425[\"typed\",\"Ada\"]",
                "42[\"plain\",\"Ada\"]");
        var form = "[{\"error\":{\"message\":\"taken\",\"data\":{\"try\":\"Ada2\"}}}]";
        assertThat(test.sent()).containsExactly("431" + form, "432" + form, "433" + form, "434" + form, "435" + form);
        assertThat(errors).isEmpty();
    }

    @Test
    void recognisesRejectionsInWhateverFuturesWrapThem() {
        var rejection = new Rejection("taken");
        test.client.onRequest("request", String.class, name -> {
            throw new ExecutionException(rejection);
        });
        test.client.onRequest(
                "later",
                String.class,
                name -> CompletableFuture.failedFuture(new CompletionException(new ExecutionException(rejection))));
        test.client.on(
                "plain", args -> CompletableFuture.failedFuture(rejection).join());
        test.client.on(
                "typed",
                String.class,
                name -> CompletableFuture.failedFuture(rejection).get());
        test.client.onAny((event, args) -> {
            if (event.equals("any")) {
                throw new CompletionException(rejection);
            }
        });
        test.connect();
        test.receive(
                "421[\"request\",\"\"]",
                "422[\"later\",\"\"]",
                "423[\"plain\"]",
                "424[\"typed\",\"\"]",
                "425[\"any\"]");
        var form = "[{\"error\":{\"message\":\"taken\"}}]";
        assertThat(test.sent()).containsExactly("431" + form, "432" + form, "433" + form, "434" + form, "435" + form);
        assertThat(errors).isEmpty();
    }

    @Test
    void callsArgumentsUnexpectedWhereverTheyAreRead() {
        test.client.on("plain", args -> args.get(0, int.class));
        test.client.onRequest("value", JsonValue.class, value -> value.as(int.class));
        test.connect();
        test.receive("42[\"plain\",\"x\"]", "421[\"value\",\"x\"]");
        assertThat(test.sent()).containsExactly("431[{\"error\":{\"message\":\"unexpected arguments\"}}]");
        assertThat(errors).hasSize(2).allSatisfy(error -> assertThat(error).contains("UnexpectedArgumentsException"));
    }

    @Test
    void keepsTheMessageOfARejectionWhoseDataCannotBeWritten() {
        test.client.on("ask", args -> {
            throw new Rejection("taken", (Iterable<Object>) AnsweringTest::noValues);
        });
        test.connect();
        test.receive("421[\"ask\"]");
        assertThat(test.sent()).containsExactly("431[{\"error\":{\"message\":\"taken\"}}]");
        assertThat(errors).singleElement().asString().startsWith("data of the rejection of event 'ask': ");
    }

    @Test
    void keepsToAnAnswerThatWasGivenBefore() {
        test.client.on("ask", args -> {
            args.ack("yes");
            throw new Rejection("no");
        });
        test.connect();
        test.receive("421[\"ask\"]");
        assertThat(test.sent()).containsExactly("431[\"yes\"]");
    }

    @Test
    void callsNothingUnexpectedThatAnswersAnotherQuestion() {
        test.connect();
        var typed = test.client.request("a", Integer.class);
        var untyped = test.client.request("b", Args.class).thenApply(args -> args.get(0, int.class));
        test.receive("430[\"x\"]", "431[\"x\"]");
        for (var answer : List.of(typed, untyped)) {
            assertThatThrownBy(() -> answer.get(5, SECONDS)).hasCauseInstanceOf(JsonException.class);
        }
        test.sent();
        test.client.onRequest("typed", String.class, name -> typed);
        test.client.onRequest("untyped", String.class, name -> untyped);
        test.receive("421[\"typed\",\"\"]", "422[\"untyped\",\"\"]");
        var form = "[{\"error\":{\"message\":\"internal error\"}}]";
        assertThat(test.sent()).containsExactly("431" + form, "432" + form);
    }

    @Test
    void answersFailuresWithoutTellingOfTheInside() {
        test.client.onRequest("fail", String.class, name -> {
            throw new IllegalStateException("secret");
        });
        test.client.onRequest(
                "later", String.class, name -> CompletableFuture.failedFuture(new IllegalStateException("secret")));
        test.client.onRequest("unwritable", String.class, name -> (Iterable<Object>) AnsweringTest::noValues);
        test.client.onRequest("number", Integer.class, number -> number);
        test.connect();
        test.receive(
                "421[\"fail\",\"\"]",
                "422[\"later\",\"\"]",
                "423[\"unwritable\",\"\"]",
                "424[\"number\",\"x\"]",
                "42[\"fail\",\"\"]");
        var form = "[{\"error\":{\"message\":\"internal error\"}}]";
        assertThat(test.sent())
                .containsExactly(
                        "431" + form,
                        "432" + form,
                        "433" + form,
                        "434[{\"error\":{\"message\":\"unexpected arguments\"}}]");
        assertThat(errors).hasSize(5).first().asString().startsWith("handler of event 'fail': ");
    }

    @Test
    void answersFailuresAsTheUserSays() {
        var asked = new ClientUnderTest(builder -> builder.onError((error, where) -> errors.add(where))
                .onRequestError((event, error) -> switch (event) {
                    case "returned" -> new Rejection("try later", 5);
                    case "thrown" -> throw new Rejection("try later");
                    case "value" -> List.of("a", "b");
                    case "null" -> null;
                    case "none" -> RequestErrorHandler.NO_ANSWER;
                    default -> throw new IllegalStateException("broken");
                }));
        for (var event : List.of("returned", "thrown", "value", "null", "none", "broken")) {
            asked.client.onRequest(event, String.class, name -> {
                throw new IllegalStateException("secret");
            });
        }
        asked.connect();
        asked.receive(
                "421[\"returned\",\"\"]",
                "422[\"thrown\",\"\"]",
                "423[\"value\",\"\"]",
                "424[\"null\",\"\"]",
                "425[\"none\",\"\"]",
                "426[\"broken\",\"\"]");
        assertThat(asked.sent())
                .containsExactly(
                        "431[{\"error\":{\"message\":\"try later\",\"data\":5}}]",
                        "432[{\"error\":{\"message\":\"try later\"}}]",
                        "433[[\"a\",\"b\"]]",
                        "434[null]",
                        "436[{\"error\":{\"message\":\"internal error\"}}]");
        assertThat(errors).hasSize(7);
    }

    @Test
    void readsGenericArguments() {
        test.client.onRequest("sum", new TypeReference<List<Integer>>() {}, numbers -> numbers.get(0) + numbers.get(1));
        test.client.on(
                "list", new TypeReference<List<Integer>>() {}, numbers -> test.heard.add("got " + numbers.get(0)));
        test.connect();
        test.receive("421[\"sum\",[1,2]]", "42[\"list\",[7]]");
        assertThat(test.sent()).containsExactly("431[3]");
        assertThat(test.heard()).contains("got 7");
    }
}
