package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

class HandlingTest {
    private static final Event<List<Line>> HISTORY = Event.of("history", new TypeReference<>() {});
    private static final Event<Void> TYPING = Event.of("typing");

    private final Socket socket = Sockets.unconnected("ada");
    private final List<@Nullable Object> seen = new ArrayList<>();
    private final List<@Nullable Object> sent = new ArrayList<>();

    record Line(String author, int size) {}

    @Test
    void aTypedEventHandsItsValueToTheHandler() throws Exception {
        var handler = typed(HISTORY, (from, lines) -> {
            seen.add(from);
            seen.addAll(lines);
        });
        handler.handle(socket, args("[[{\"author\":\"ada\",\"size\":3}]]"));
        assertThat(seen).containsExactly(socket, new Line("ada", 3));
    }

    @Test
    void anEventWithoutArgumentsNeedsNone() throws Exception {
        typed(TYPING, (from, nothing) -> seen.add(from)).handle(socket, args("[]"));
        assertThat(seen).containsExactly(socket);
    }

    @Test
    void whatAHandlerOfARequestReturnsIsTheAcknowledgement() throws Exception {
        request(HISTORY, (from, lines) -> lines.size()).handle(socket, args("[[null,null]]"));
        request(Event.of("echo", Line.class), (from, line) -> line)
                .handle(socket, args("[{\"author\":\"ada\",\"size\":3}]"));
        assertThat(sent).containsExactly(2, new Line("ada", 3));
    }

    @Test
    void aStageIsAcknowledgedWhenItIsComplete() throws Exception {
        var later = new CompletableFuture<String>();
        request(TYPING, (from, nothing) -> later).handle(socket, args("[]"));
        assertThat(sent).isEmpty();
        later.complete("done");
        assertThat(sent).containsExactly("done");
    }

    @Test
    void argumentsOfAnotherTypeAreTheClientsMistake() {
        var typed = typed(HISTORY, (from, lines) -> seen.addAll(lines));
        var request = request(HISTORY, (from, lines) -> lines.size());
        assertThatThrownBy(() -> typed.handle(socket, args("[true]")))
                .isInstanceOf(UnexpectedArgumentsException.class)
                .hasMessageStartingWith("argument 0: BOOLEAN true is no java.util.List<");
        assertThatThrownBy(() -> request.handle(socket, args("[]")))
                .isInstanceOf(UnexpectedArgumentsException.class)
                .hasMessage("argument 0 of 0");
        assertThat(seen).isEmpty();
        assertThat(sent).singleElement().hasToString("OBJECT {\"error\":{\"message\":\"unexpected arguments\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[null]",
                "[]",
                "[{\"_placeholder\":true,\"num\":0}]",
                "[1e400]",
                "[99999999999999999999999999]",
                "[1e1000000000]",
                "[\"text\"]",
                "[[[[[1]]]]]",
                "[{\"author\":[],\"size\":{}}]",
                "[true,false]"
            })
    void whateverAClientSendsInsteadOfANumberIsItsMistake(String text) {
        for (var type : List.of(int.class, Integer.class, long.class, UUID.class, Line[].class)) {
            var handler = typed(Event.of("number", type), (from, value) -> seen.add(value));
            assertThatThrownBy(() -> handler.handle(socket, args(text)))
                    .as(type.getName())
                    .isInstanceOf(UnexpectedArgumentsException.class);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void nullFitsAnOptionalAlone() throws Exception {
        Event<Optional<Line>> optional = Event.of("maybe", new TypeReference<>() {});
        for (var text : List.of("[null]", "[]", "[{\"author\":\"ada\",\"size\":3}]")) {
            typed(optional, (from, line) -> seen.add(line)).handle(socket, args(text));
        }
        assertThat(seen).containsExactly(Optional.empty(), Optional.empty(), Optional.of(new Line("ada", 3)));
        var typed = typed(Event.of("say", String.class), (from, text) -> seen.add(text));
        assertThatThrownBy(() -> typed.handle(socket, args("[null]")))
                .isInstanceOf(UnexpectedArgumentsException.class)
                .hasMessage("argument 0: null is no java.lang.String");
    }

    @Test
    void nullIsAValueOfJson() throws Exception {
        typed(Event.of("any", JsonValue.class), (from, value) -> seen.add(value.kind()))
                .handle(socket, args("[null]"));
        assertThat(seen).containsExactly(JsonValue.Kind.NULL);
    }

    private static <T> EventHandler typed(Event<T> event, TypedHandler<T> handler) {
        return Handling.typed(Argument.of(event.type(), Json.standard()), handler);
    }

    private static <T, R extends @Nullable Object> EventHandler request(Event<T> event, RequestHandler<T, R> handler) {
        return Handling.request(event.name(), Argument.of(event.type(), Json.standard()), handler);
    }

    private Args args(String text) {
        return new Args(Json.standard().readArray(Bytes.ofUtf8(text), 0), Ack.of(sent::addAll));
    }
}
