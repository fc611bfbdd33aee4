package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sockeye.event.Event;
import io.sockeye.server.internal.handlers.AnnotatedCalls;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;

/** A value that cannot be is refused at once, by a message that names the setting and the value. */
class SettingsTest {
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    static Stream<Arguments> nonsense() {
        return Stream.of(
                refused(it -> it.pingInterval(Duration.ZERO), "pingInterval: PT0S"),
                refused(it -> it.pingInterval(Duration.ofNanos(999_999)), "pingInterval: PT0.000999999S"),
                refused(it -> it.pingInterval(Duration.ofMillis(-1)), "pingInterval: PT-0.001S"),
                refused(it -> it.pingInterval(FOREVER), "pingInterval: " + FOREVER),
                refused(it -> it.pingTimeout(Duration.ZERO), "pingTimeout: PT0S"),
                refused(it -> it.pingTimeout(FOREVER), "pingTimeout: " + FOREVER),
                refused(it -> it.upgradeTimeout(Duration.ZERO), "upgradeTimeout: PT0S"),
                refused(it -> it.upgradeTimeout(FOREVER), "upgradeTimeout: " + FOREVER),
                refused(it -> it.connectTimeout(Duration.ZERO), "connectTimeout: PT0S"),
                refused(it -> it.connectTimeout(Duration.ofSeconds(-5)), "connectTimeout: PT-5S"),
                refused(it -> it.connectTimeout(FOREVER), "connectTimeout: " + FOREVER),
                refused(it -> it.handlerDeadline(Duration.ZERO), "handlerDeadline: PT0S"),
                refused(it -> it.handlerDeadline(FOREVER), "handlerDeadline: " + FOREVER),
                refused(it -> it.maxAttachments(-1), "maxAttachments: -1"),
                refused(it -> it.outboxBytes(0), "outboxBytes: 0"),
                refused(it -> it.mailboxLimit(0), "mailboxLimit: 0"),
                refused(it -> it.maxNamespaces(0), "maxNamespaces: 0"),
                refused(it -> it.maxRooms(0), "maxRooms: 0"),
                refused(it -> it.maxDynamicNamespaces(0), "maxDynamicNamespaces: 0"),
                refused(it -> it.mailboxBytes(0), "mailboxBytes: 0"),
                refused(it -> it.maxAuthBytes(1), "maxAuthBytes: 1"),
                refused(it -> it.memory(0, 1), "memory: 0"),
                refused(it -> it.memory(1, 0), "memory: 0"),
                refused(it -> it.loops(0), "loops: 0"),
                refused(it -> it.loops(4097), "loops: 4097"),
                refused(it -> it.maxPayload(0), "maxPayload: 0"),
                refused(it -> it.maxPayload(-7), "maxPayload: -7"),
                refused(it -> it.port(-1), "port: -1"),
                refused(it -> it.port(65536), "port: 65536"),
                refused(it -> it.host(""), "host: ''"),
                refused(it -> it.host(" "), "host: ' '"),
                refused(it -> it.path(""), "path: ''"),
                refused(it -> it.path("socket.io"), "path: 'socket.io'"),
                refused(it -> it.path("/a b"), "path: '/a b'"),
                refused(it -> it.path("/a?b"), "path: '/a?b'"),
                refused(it -> it.path("/a#b"), "path: '/a#b'"),
                refused(it -> it.path("/ü"), "path: '/ü'"),
                refused(it -> it.path("/a%"), "path: '/a%'"),
                refused(it -> it.path("/a\r\nb"), "path: '/a\r\nb'"));
    }

    private static Arguments refused(Consumer<SocketServerBuilder> setting, String message) {
        return arguments(setting, message);
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void isRefused(Consumer<SocketServerBuilder> setting, String message) {
        assertThatThrownBy(() -> setting.accept(SocketServer.builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void pingsMustBeWithinTheTimersOfJavaScript() {
        var builder = SocketServer.builder()
                .pingInterval(Duration.ofMillis(Integer.MAX_VALUE))
                .pingTimeout(Duration.ofMillis(1));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pingInterval + pingTimeout: PT596H31M23.648S, must be 1 ms to");
    }

    @Test
    void theSmallestValuesAreTaken() {
        var least = Duration.ofMillis(1);
        SocketServer.builder()
                .pingInterval(least)
                .pingTimeout(least)
                .upgradeTimeout(least)
                .connectTimeout(least)
                .handlerDeadline(least)
                .maxAttachments(0)
                .outboxBytes(1)
                .mailboxLimit(1)
                .maxNamespaces(1)
                .maxDynamicNamespaces(1)
                .maxRooms(1)
                .mailboxBytes(1)
                .maxAuthBytes(2)
                .memory(1, 1)
                .loops(1)
                .maxPayload(1)
                .port(0)
                .path("/")
                .build()
                .close();
    }

    @Test
    void whatNoJsonCanBecomeIsNoTypeOfAHandler() {
        var namespace = AnnotatedCalls.ADA.namespace();
        TypedHandler<Object> none = (socket, value) -> {};
        assertThatThrownBy(() -> namespace.on("x", SocketServer.class, none::handle))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no JSON can be read as io.sockeye.server.SocketServer");
        assertThatThrownBy(() -> namespace.on(Event.of("x", Thread.class), none::handle))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> namespace.onRequest("x", new TypeReference<List<Thread>>() {}, (s, v) -> v))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no JSON can be read as java.util.List<java.lang.Thread>");
        assertThat(Inside.of(namespace).handlers().event("x")).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway")
    void handlersThatAreNullAreRefusedAtOnce() {
        var namespace = AnnotatedCalls.ADA.namespace();
        assertThatThrownBy(() -> namespace.on("x", (EventHandler) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> namespace.on("x", String.class, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> namespace.onAny(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> namespace.onConnection(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> namespace.use(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> namespace.useForEvents(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> AnnotatedCalls.ADA.join((String) null)).isInstanceOf(NullPointerException.class);
        assertThat(Inside.of(namespace).handlers().event("x")).isEmpty();
    }
}
