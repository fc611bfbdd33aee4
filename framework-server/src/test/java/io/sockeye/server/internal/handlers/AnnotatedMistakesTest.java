package io.sockeye.server.internal.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.Handshake;
import io.sockeye.server.Inside;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import io.sockeye.server.Sockets;
import io.sockeye.server.annotation.OnConnect;
import io.sockeye.server.annotation.OnDisconnect;
import io.sockeye.server.annotation.OnEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be a handler is refused when it is registered, by a message that names the method. */
@SuppressWarnings({"UnusedMethod", "UnusedVariable"})
class AnnotatedMistakesTest {
    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void twice(Socket a, String text, Socket b) {}
                        },
                        "has two parameters of type io.sockeye.server.Socket"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void twice(Ack a, Ack b) {}
                        },
                        "has two parameters of type io.sockeye.event.Ack"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void twice(Args a, Args b) {}
                        },
                        "has two parameters of type io.sockeye.event.Args"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            int both(Ack ack) {
                                return 1;
                            }
                        },
                        "takes an Ack and returns a value; only one of them can be the acknowledgement"),
                arguments(
                        new Object() {
                            @OnConnect
                            void reason(Socket socket, DisconnectReason reason) {}
                        },
                        "has a parameter of type io.sockeye.server.DisconnectReason, for which there is no value"),
                arguments(
                        new Object() {
                            @OnDisconnect
                            void text(String text) {}
                        },
                        "has a parameter of type java.lang.String, for which there is no value"),
                arguments(
                        new Object() {
                            @OnConnect
                            String greeting() {
                                return "hello";
                            }
                        },
                        "returns a value that nobody takes"),
                arguments(
                        new Object() {
                            @OnDisconnect
                            boolean gone() {
                                return true;
                            }
                        },
                        "returns a value that nobody takes"),
                arguments(
                        new Object() {
                            @OnEvent({})
                            void nothing() {}
                        },
                        "handles no event: @OnEvent has no name"),
                arguments(
                        new Object() {
                            @OnEvent({"x", "disconnect"})
                            void reserved() {}
                        },
                        "handles 'disconnect', which is a reserved event name"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void any(String... names) {}
                        },
                        "takes any number of values; Args stands for all arguments"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            @SuppressWarnings("rawtypes")
                            void raw(Optional value) {}
                        },
                        "takes an Optional of unknown type"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            static void shared() {}
                        },
                        "is static, but handlers are methods of an object"),
                arguments(
                        new Object() {
                            @OnEvent("")
                            void nameless() {}
                        },
                        "handles '', which is no name of an event"),
                arguments(
                        new Object() {
                            @OnEvent({"x", " "})
                            void blank() {}
                        },
                        "handles ' ', which is no name of an event"),
                arguments(
                        new Object() {
                            @OnEvent({"x", "y", "x"})
                            void again() {}
                        },
                        "handles 'x', which it names twice"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void server(SocketServer server) {}
                        },
                        "has a parameter of type io.sockeye.server.SocketServer, which no JSON can be read as"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void wrongSocket(java.net.Socket socket) {}
                        },
                        "has a parameter of type java.net.Socket, which no JSON can be read as;"
                                + " io.sockeye.server.Socket is the client"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void handshake(Handshake handshake) {}
                        },
                        "has a parameter of type io.sockeye.server.Handshake, which no JSON can be read as"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void reason(String text, DisconnectReason reason) {}
                        },
                        "has a parameter of type io.sockeye.server.DisconnectReason, which no JSON can be read as"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void threads(List<Thread> threads) {}
                        },
                        "has a parameter of type java.util.List<java.lang.Thread>, which no JSON can be read as"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void maybe(Optional<Socket> other) {}
                        },
                        "has a parameter of type java.util.Optional<io.sockeye.server.Socket>, which no JSON can be read"
                                + " as"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            void action(Runnable action) {}
                        },
                        "has a parameter of type java.lang.Runnable, which no JSON can be read as"),
                arguments(
                        new Object() {
                            @OnEvent("x")
                            Future<String> later() {
                                return CompletableFuture.completedFuture("");
                            }
                        },
                        "returns a java.util.concurrent.Future, which cannot be awaited; a CompletionStage can"));
    }

    static final class Twice {
        @OnEvent({"w", "x"})
        void first() {}

        @OnEvent("x")
        void second() {}
    }

    @Test
    void twoMethodsForOneEventAreRefused() {
        assertThatThrownBy(() -> AnnotatedHandlers.of(new Twice(), Sockets.CONTEXT.handling()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("void %1$s.second() handles 'x', which void %1$s.first() does, too"
                        .formatted(Twice.class.getName()));
    }

    static final class Both {
        final List<String> seen = new ArrayList<>();

        @OnConnect
        @OnDisconnect
        @OnEvent("refresh")
        void changed() {
            seen.add("changed");
        }
    }

    @Test
    void oneMethodMayHandleSeveralKinds() throws Exception {
        var both = new Both();
        var calls = new AnnotatedCalls(both);
        calls.connect();
        calls.event("refresh", "[]");
        calls.disconnect(DisconnectReason.PING_TIMEOUT);
        assertThat(both.seen).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isRefused(Object owner, String message) {
        assertThatThrownBy(() -> AnnotatedHandlers.of(owner, Sockets.CONTEXT.handling()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(owner.getClass().getName() + ".")
                .hasMessageEndingWith(") " + message);
    }

    static final class Box<T> {
        @OnEvent("put")
        void put(List<T> values) {}

        @OnConnect
        void arrived() {}
    }

    @Test
    void aTypeVariableThatNobodyFillsInIsRefused() {
        assertThatThrownBy(() -> AnnotatedHandlers.of(new Box<String>(), Sockets.CONTEXT.handling()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("void %1$s.put(java.util.List<T>): type variable T of class %1$s stands for no known type"
                        .formatted(Box.class.getName()));
    }

    @Test
    void anObjectWithoutAnyAnnotatedMethodIsRefused() {
        assertThatThrownBy(() -> AnnotatedHandlers.of("text", Sockets.CONTEXT.handling()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no method of class java.lang.String has one of the annotations"
                        + " @OnConnect, @OnDisconnect, @OnEvent");
    }

    @Test
    void aMethodInAModuleThatIsNotOpenIsRefused() throws Exception {
        var method = new AnnotatedMethod(ArrayList.class.getDeclaredMethod("grow"), List.of(), Object[].class);
        assertThatThrownBy(() -> method.bind(new ArrayList<String>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("private java.lang.Object[] java.util.ArrayList.grow() cannot be called unless"
                        + " module java.base opens package java.util to ");
    }

    @Test
    void nothingIsRegisteredWhenOneMethodIsRefused() {
        var namespace = AnnotatedCalls.ADA.namespace();
        int before = Inside.of(namespace).handlers().connection().size();
        assertThatThrownBy(() -> namespace.register(new Box<String>())).isInstanceOf(IllegalArgumentException.class);
        assertThat(Inside.of(namespace).handlers().connection()).hasSize(before);
    }
}
