package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.server.MethodCall.Parameter;
import io.sockeye.server.annotation.OnConnect;
import io.sockeye.server.annotation.OnDisconnect;
import io.sockeye.server.annotation.OnEvent;
import io.sockeye.socket.SocketPacket;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the annotated methods of one object handle. */
record AnnotatedHandlers(
        List<ConnectionHandler> connection, List<DisconnectHandler> disconnect, List<Registration> events) {
    /** The handler of one event. */
    record Registration(String event, EventHandler handler) {}

    /**
     * Looks for the methods, once and for all.
     *
     * @throws IllegalArgumentException if there are none, or one of them cannot be called, has parameters for which there
     *     is nothing or handles a reserved event
     */
    static AnnotatedHandlers of(Object owner) {
        var connection = new ArrayList<ConnectionHandler>();
        var disconnect = new ArrayList<DisconnectHandler>();
        var events = new ArrayList<Registration>();
        for (var found : AnnotatedMethod.of(owner.getClass())) {
            if (found.method().isAnnotationPresent(OnConnect.class)) {
                connection.add(connection(owner, found));
            }
            if (found.method().isAnnotationPresent(OnDisconnect.class)) {
                disconnect.add(disconnect(owner, found));
            }
            var names = found.method().getAnnotation(OnEvent.class);
            if (names != null) {
                events.addAll(events(owner, found, List.of(names.value())));
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

    private static <C> Function<Type, Parameter<C>> nothingElse(AnnotatedMethod method) {
        return type -> {
            throw method.wrong("has a parameter of type " + type.getTypeName() + ", for which there is no value");
        };
    }

    private static void requireNoResult(AnnotatedMethod method) {
        if (!method.returnsNothing()) {
            throw method.wrong("returns a value that nobody takes");
        }
    }

    private static List<Registration> events(Object owner, AnnotatedMethod method, List<String> names) {
        if (names.isEmpty()) {
            throw method.wrong("handles no event: @OnEvent has no name");
        }
        for (String name : names) {
            if (SocketPacket.Event.isReserved(name)) {
                throw method.wrong("handles '" + name + "', which is a reserved event name");
            }
        }
        var handler =
                event(new MethodCall<>(owner, method, EventParameters.KNOWN, new EventParameters(method)), method);
        return names.stream()
                .distinct()
                .map(name -> new Registration(name, handler))
                .toList();
    }

    private static EventHandler event(MethodCall<Args> call, AnnotatedMethod method) {
        if (method.returnsNothing()) {
            return call::call;
        }
        if (method.parameters().contains(Ack.class)) {
            throw method.wrong("takes an Ack and returns a value; only one of them can be the acknowledgement");
        }
        return (socket, args) -> Handling.answer(socket, args, call.call(socket, args));
    }

    /** Adds the handlers to those that are there. */
    void applyTo(NamespaceScope<?> scope) {
        connection.forEach(scope::onConnection);
        disconnect.forEach(scope::onDisconnect);
        events.forEach(each -> scope.on(each.event(), each.handler()));
    }
}
