package io.sockeye.server.internal.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.EventHandler;
import io.sockeye.server.Handler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlersTest {
    private static final EventHandler FIRST = (socket, args) -> {};
    private static final EventHandler SECOND = (socket, args) -> {};

    private final Handlers handlers = new Handlers();

    @Test
    void keepsTheHandlersOfAnEventInTheOrderOfRegistration() {
        add("say", FIRST);
        add("other", FIRST);
        add("say", SECOND);
        add("say", FIRST);
        assertThat(originals("say")).containsExactly(FIRST, SECOND, FIRST);
    }

    @Test
    void oneThatIsPrependedComesFirst() {
        add("say", FIRST);
        handlers.add("say", new Listener(SECOND, SECOND), true);
        assertThat(originals("say")).containsExactly(SECOND, FIRST);
    }

    @Test
    void takesBackTheOneThatWasAddedLast() {
        add("say", FIRST);
        add("say", SECOND);
        add("say", FIRST);
        handlers.remove("say", FIRST);
        assertThat(originals("say")).containsExactly(FIRST, SECOND);
        handlers.remove("say", FIRST);
        handlers.remove("say", FIRST);
        handlers.remove("other", FIRST);
        assertThat(originals("say")).containsExactly(SECOND);
        handlers.remove("say", SECOND);
        assertThat(handlers.event("say")).isEmpty();
    }

    @Test
    void takesBackAll() {
        add("say", FIRST);
        add("say", SECOND);
        handlers.removeAll("say");
        assertThat(handlers.event("say")).isEmpty();
    }

    @Test
    void aListenerIsTakenOnce() {
        var once = new Listener(FIRST, FIRST, null, true);
        handlers.add("say", once, false);
        assertThat(handlers.take("say", once)).isTrue();
        assertThat(handlers.take("say", once)).isFalse();
    }

    @Test
    void knowsWhatKeepsEventsFromSimplyBeingHandled() {
        add("say", FIRST);
        assertThat(handlers.executorHandlers()).isZero();
        handlers.add("say", new Listener(SECOND, SECOND, Runnable::run, false), false);
        assertThat(handlers.executorHandlers()).isOne();
        assertThat(handlers.checked()).isFalse();
        handlers.any().add((socket, event, args) -> {});
        assertThat(handlers.checked()).isTrue();
    }

    @Test
    void anEventWithoutHandlersHasNone() {
        assertThat(handlers.event("toString")).isEmpty();
        assertThat(handlers.connection()).isEmpty();
        assertThat(handlers.disconnecting()).isEmpty();
        assertThat(handlers.disconnect()).isEmpty();
    }

    @Test
    void handlersMayBeAddedWhileOthersAreCalled() {
        add("say", FIRST);
        for (var ignored : handlers.event("say")) {
            add("say", SECOND);
        }
        handlers.connection().add(socket -> {});
        for (var ignored : handlers.connection()) {
            handlers.connection().add(socket -> {});
        }
        assertThat(handlers.event("say")).hasSize(2);
        assertThat(handlers.connection()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesReservedNames(String name) {
        assertThatThrownBy(() -> add(name, FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + name + "' is a reserved event name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connect", "message", "error", "__proto__"})
    void takesAnyOtherName(String name) {
        add(name, FIRST);
        assertThat(originals(name)).containsExactly(FIRST);
    }

    private void add(String event, EventHandler handler) {
        handlers.add(event, new Listener(handler, handler), false);
    }

    private List<Handler> originals(String event) {
        return handlers.event(event).stream().map(Listener::original).toList();
    }
}
