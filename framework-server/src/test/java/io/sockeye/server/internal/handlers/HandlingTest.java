package io.sockeye.server.internal.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.event.Event;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.Json;
import io.sockeye.server.EventHandler;
import io.sockeye.server.Line;
import io.sockeye.server.RequestHandler;
import io.sockeye.server.Socket;
import io.sockeye.server.Sockets;
import io.sockeye.server.TypedHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

    private static <T> EventHandler typed(Event<T> event, TypedHandler<T> handler) {
        return Sockets.CONTEXT.handling().typed(event.type(), handler);
    }

    private static <T, R extends @Nullable Object> EventHandler request(Event<T> event, RequestHandler<T, R> handler) {
        return Sockets.CONTEXT.handling().request(event.name(), event.type(), handler);
    }

    private Args args(String text) {
        return new Args(Json.standard().readArray(Bytes.ofUtf8(text), 0), Ack.of(sent::addAll));
    }
}
