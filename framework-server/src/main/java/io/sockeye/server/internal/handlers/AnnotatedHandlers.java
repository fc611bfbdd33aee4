package io.sockeye.server.internal.handlers;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ConnectionHandler;
import io.sockeye.server.DisconnectHandler;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.EventHandler;
import io.sockeye.server.NamespaceHandlers;
import io.sockeye.server.Socket;
import io.sockeye.server.annotation.OnConnect;
import io.sockeye.server.annotation.OnDisconnect;
import io.sockeye.server.annotation.OnEvent;
import io.sockeye.server.internal.handlers.MethodCall.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/** What the annotated methods of one object handle. */
record AnnotatedHandlers(
        List<ConnectionHandler> connection, List<DisconnectHandler> disconnect, List<Registration> events) {
    /** The handler of one event. */
    record Registration(String event, EventHandler handler) {}

    /**
     * Looks for the methods, once and for all.
     *
     * @param handling of events
     * @throws IllegalArgumentException if there are none, or one of them cannot be called, has parameters for which there
     *     is nothing, or handles an event that is reserved, has no name or is another's
     */
    static AnnotatedHandlers of(Object owner, Handling handling) {
        var connection = new ArrayList<ConnectionHandler>();
        var disconnect = new ArrayList<DisconnectHandler>();
        var events = new ArrayList<Registration>();
        var claimed = new HashMap<String, AnnotatedMethod>();
        for (var found : AnnotatedMethod.of(owner.getClass())) {
            if (found.method().isAnnotationPresent(OnConnect.class)) {
                connection.add(connection(owner, found));
            }
            if (found.method().isAnnotationPresent(OnDisconnect.class)) {
                disconnect.add(disconnect(owner, found));
            }
            var names = found.method().getAnnotation(OnEvent.class);
            if (names != null) {
                claim(List.of(names.value()), found, claimed);
                events.addAll(events(owner, found, List.of(names.value()), handling));
            }
        }
        return new AnnotatedHandlers(List.copyOf(connection), List.copyOf(disconnect), List.copyOf(events));
    }

    private static ConnectionHandler connection(Object owner, AnnotatedMethod method) {
        Map<Type, Parameter<Socket>> known = Map.of(Socket.class, (socket, same) -> socket);
        var call = new MethodCall<>(owner, method, known, nothingElse(method));
        requireNoResult(method);
        return socket -> call.call(socket, socket);
    }

    private static DisconnectHandler disconnect(Object owner, AnnotatedMethod method) {
        Map<Type, Parameter<DisconnectReason>> known = Map.of(
                Socket.class, (socket, reason) -> socket,
                DisconnectReason.class, (socket, reason) -> reason);
        var call = new MethodCall<>(owner, method, known, nothingElse(method));
        requireNoResult(method);
        return call::call;
    }

    private static <C> BiFunction<Integer, Type, Parameter<C>> nothingElse(AnnotatedMethod method) {
        return (position, type) -> {
            throw method.wrong("has a parameter of type " + type.getTypeName() + ", for which there is no value");
        };
    }

    private static void requireNoResult(AnnotatedMethod method) {
        if (!method.returnsNothing()) {
            throw method.wrong("returns a value that nobody takes");
        }
    }

    /** @param claimed what handles the events that are known so far */
    private static void claim(List<String> names, AnnotatedMethod method, Map<String, AnnotatedMethod> claimed) {
        if (names.isEmpty()) {
            throw method.wrong("handles no event: @OnEvent has no name");
        }
        for (String name : names) {
            if (name.isBlank()) {
                throw method.wrong("handles '" + name + "', which is no name of an event");
            }
            if (SocketPacket.Event.isReserved(name)) {
                throw method.wrong("handles '" + name + "', which is a reserved event name");
            }
            var other = claimed.putIfAbsent(name, method);
            if (other != null) {
                throw method.wrong("handles '" + name + "', which "
                        + (other.equals(method) ? "it names twice" : other + " does, too"));
            }
        }
    }

    private static List<Registration> events(
            Object owner, AnnotatedMethod method, List<String> names, Handling handling) {
        var parameters = new EventParameters(method, handling.json());
        var call = new MethodCall<>(owner, method, EventParameters.KNOWN, parameters);
        return names.stream()
                .map(name -> new Registration(name, event(name, call, method, handling)))
                .toList();
    }

    private static EventHandler event(String name, MethodCall<Args> call, AnnotatedMethod method, Handling handling) {
        if (method.returnsNothing()) {
            return call::call;
        }
        var result = method.method().getReturnType();
        if (Future.class.isAssignableFrom(result) && !CompletionStage.class.isAssignableFrom(result)) {
            throw method.wrong(
                    "returns a " + result.getTypeName() + ", which cannot be awaited; a CompletionStage can");
        }
        if (method.parameters().contains(Ack.class)) {
            throw method.wrong("takes an Ack and returns a value; only one of them can be the acknowledgement");
        }
        var declared = Result.of(method.result());
        return handling.answering(name, (socket, args) -> declared.of(call.call(socket, args)));
    }

    /** Adds the handlers to those that are there. */
    void applyTo(NamespaceHandlers<?> scope) {
        connection.forEach(scope::onConnection);
        disconnect.forEach(scope::onDisconnect);
        events.forEach(each -> scope.on(each.event(), each.handler()));
    }
}
