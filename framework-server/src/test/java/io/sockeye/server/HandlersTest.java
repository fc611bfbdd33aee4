package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlersTest {
    private static final EventHandler FIRST = (socket, args) -> {};
    private static final EventHandler SECOND = (socket, args) -> {};

    private final Handlers handlers = new Handlers();

    @Test
    void keepsTheHandlersOfAnEventInTheOrderOfRegistration() {
        handlers.onEvent("say", FIRST);
        handlers.onEvent("other", FIRST);
        handlers.onEvent("say", SECOND);
        handlers.onEvent("say", FIRST);
        assertThat(handlers.event("say")).containsExactly(FIRST, SECOND, FIRST);
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
        handlers.onEvent("say", FIRST);
        for (var ignored : handlers.event("say")) {
            handlers.onEvent("say", SECOND);
        }
        handlers.onConnection(socket -> {});
        for (var ignored : handlers.connection()) {
            handlers.onConnection(socket -> {});
        }
        assertThat(handlers.event("say")).hasSize(2);
        assertThat(handlers.connection()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesReservedNames(String name) {
        assertThatThrownBy(() -> handlers.onEvent(name, FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + name + "' is a reserved event name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connect", "message", "error", "__proto__"})
    void takesAnyOtherName(String name) {
        handlers.onEvent(name, FIRST);
        assertThat(handlers.event(name)).containsExactly(FIRST);
    }
}
