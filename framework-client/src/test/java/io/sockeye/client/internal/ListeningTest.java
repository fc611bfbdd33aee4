package io.sockeye.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.EventHandler;
import io.sockeye.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class ListeningTest {
    private static final Event<List<Integer>> NUMBERS = Event.of("numbers", new TypeReference<>() {});

    private final List<String> errors = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final ClientUnderTest test = new ClientUnderTest(
                    builder -> builder.onError((error, where) -> errors.add(where + ": " + error)))
            .connect();

    /** What handlers are told. */
    record Line(String text) {}

    @Test
    void readsTheFirstArgumentAsTheDeclaredType() {
        test.client.on("said", Line.class, line -> heard.add(line.text()));
        test.client.on(
                NUMBERS,
                numbers -> heard.add(
                        "sum " + numbers.stream().mapToInt(Integer::intValue).sum()));
        test.receive("42[\"said\",{\"text\":\"hello\"},\"more\"]", "42[\"numbers\",[1,2,3]]");
        assertThat(heard).containsExactly("hello", "sum 6");
    }

    @Test
    void reportsArgumentsThatDoNotFitAndWhatHandlersThrow() {
        test.client.on("said", Line.class, line -> heard.add(line.text()));
        test.client.on("said", args -> {
            throw new java.io.IOException("thrown by a handler");
        });
        test.client.on("said", args -> heard.add("still called"));
        test.receive("42[\"said\",7]");
        assertThat(heard).containsExactly("still called");
        assertThat(errors).hasSize(2).first().asString().contains("'said'", "UnexpectedArgumentsException");
        assertThat(errors.get(1)).contains("thrown by a handler");
        assertThat(test.client.connected()).isTrue();
    }

    @Test
    void nullAndMissingArgumentsFitAnOptionalAlone() {
        Event<Optional<Line>> maybe = Event.of("maybe", new TypeReference<>() {});
        test.client.on(maybe, line -> heard.add("on " + line));
        test.client.on(maybe.name(), new TypeReference<Optional<Line>>() {}, line -> heard.add("generic " + line));
        test.client.once(maybe, line -> heard.add("once " + line));
        test.client.onRequest(maybe, line -> line.map(Line::text));
        test.receive("421[\"maybe\"]", "422[\"maybe\",null]");
        assertThat(test.sent()).containsExactly("431[null]", "432[null]");
        assertThat(heard)
                .containsExactly(
                        "on Optional.empty",
                        "generic Optional.empty",
                        "once Optional.empty",
                        "on Optional.empty",
                        "generic Optional.empty");
        assertThat(errors).isEmpty();
    }

    @Test
    void nullFitsNoOtherType() {
        test.client.on("said", Line.class, line -> heard.add("class"));
        test.client.on("said", new TypeReference<List<Line>>() {}, lines -> heard.add("generic"));
        test.client.on(Event.of("said", Line.class), line -> heard.add("event"));
        test.client.once("said", Line.class, line -> heard.add("once"));
        test.client.onRequest("said", Line.class, line -> heard.add("request"));
        test.receive("421[\"said\",null]");
        assertThat(heard).isEmpty();
        assertThat(test.sent()).containsExactly("431[{\"error\":{\"message\":\"unexpected arguments\"}}]");
        assertThat(errors)
                .hasSize(5)
                .allSatisfy(
                        error -> assertThat(error).contains("UnexpectedArgumentsException: argument 0: null is no "));
    }

    @Test
    void refusesTypesThatCanNeverBeRead() {
        assertThatThrownBy(() -> test.client.on("e", Thread.class, thread -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no JSON can be read as java.lang.Thread");
        assertThatThrownBy(() -> test.client.once("e", new TypeReference<List<Thread>>() {}, threads -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> test.client.onRequest(Event.of("e", Runnable.class), runnable -> 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> test.client.request("e", Thread.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void acknowledgesWithWhatAHandlerReturnsNowOrLater() {
        var later = new CompletableFuture<String>();
        test.client.onRequest("double", Integer.class, n -> 2 * n);
        test.client.onRequest("later", String.class, text -> later);
        test.client.onRequest("fails", String.class, text -> {
            throw new IllegalStateException("no");
        });
        test.receive("421[\"double\",21]", "422[\"later\",\"x\"]", "423[\"fails\",\"x\"]", "42[\"double\",1]");
        assertThat(test.sent()).containsExactly("431[42]", "433[{\"error\":{\"message\":\"internal error\"}}]");
        later.complete("now");
        assertThat(test.sent()).containsExactly("432[\"now\"]");
        assertThat(errors).hasSize(1);
    }

    @Test
    void callsHandlersInTheOrderInWhichTheyStand() {
        EventHandler second = args -> heard.add("second");
        test.client.on("e", args -> heard.add("first"));
        test.client.on("e", second);
        test.client.prepend("e", args -> heard.add("before"));
        test.client.prependAny((event, args) -> heard.add("any"));
        test.receive("42[\"e\"]");
        assertThat(heard).containsExactly("any", "before", "first", "second");
        heard.clear();
        test.client.off("e", second).offAny();
        test.receive("42[\"e\"]");
        assertThat(heard).containsExactly("before", "first");
        heard.clear();
        test.client.off("e");
        test.receive("42[\"e\"]");
        assertThat(heard).isEmpty();
        test.client.on("e", second).on("f", second).off();
        test.receive("42[\"e\"]", "42[\"f\"]");
        assertThat(heard).isEmpty();
    }

    @Test
    void handlersAreNotHarmedByThoseBefore() {
        var quiet = new ClientUnderTest(builder -> builder.onError((error, where) -> {
            throw new AssertionError(error);
        }));
        quiet.client.on("e", args -> {
            throw new InterruptedException();
        });
        quiet.client.on(
                "e", args -> heard.add("interrupted: " + Thread.currentThread().isInterrupted()));
        quiet.connect().receive("42[\"e\"]");
        assertThat(heard).containsExactly("interrupted: false");
    }

    @Test
    void callsHandlersOfOneEventOnce() {
        test.client.once("e", Integer.class, n -> heard.add("once " + n));
        test.client.once(NUMBERS, numbers -> heard.add("numbers"));
        test.receive("42[\"e\",1]", "42[\"e\",2]", "42[\"numbers\",[]]", "42[\"numbers\",[]]");
        assertThat(heard).containsExactly("once 1", "numbers");
    }

    @Test
    void ignoresPacketsOfNamespacesThatItDoesNotKnow() {
        test.receive(
                "42/other,[\"e\"]",
                "40/other,{\"sid\":\"x\"}",
                "41/other,",
                "44/other,{\"message\":\"no\"}",
                "43/other,1[]");
        assertThat(test.client.connected()).isTrue();
        assertThat(test.heard()).containsExactly("connect");
    }
}
