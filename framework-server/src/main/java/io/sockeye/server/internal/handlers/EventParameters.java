package io.sockeye.server.internal.handlers;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.event.Argument;
import io.sockeye.json.Json;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.Answers;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.Handshake;
import io.sockeye.server.Socket;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.handlers.MethodCall.Parameter;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Gives the parameters of one method the arguments of an event, one after another. */
final class EventParameters implements BiFunction<Integer, Type, Parameter<Args>> {
    /** The parameters that take no single argument. */
    static final Map<Type, Parameter<Args>> KNOWN = Map.of(
            Socket.class, (socket, args) -> socket,
            Args.class, (socket, args) -> args,
            Ack.class, (socket, args) -> args.acknowledgement());

    /** They could be read from JSON, but are not meant to be. */
    private static final Set<Class<?>> NOT_SENT = Set.of(
            Handshake.class,
            HttpRequest.class,
            DisconnectReason.class,
            TransportKind.class,
            Answers.class,
            Target.class);

    private final AnnotatedMethod method;
    private final Json json;
    private int next;

    EventParameters(AnnotatedMethod method, Json json) {
        this.method = method;
        this.json = json;
    }

    @Override
    public Parameter<Args> apply(Integer position, Type type) {
        if (type == Optional.class) {
            throw method.wrong("takes an Optional of unknown type");
        }
        var argument = Argument.at(next++, type, method.takesNull(position));
        var erasure = TypeVariables.erasure(argument.type());
        if (NOT_SENT.contains(erasure) || !argument.isReadable(json)) {
            boolean mistaken =
                    erasure != Socket.class && erasure.getSimpleName().equals("Socket");
            throw method.wrong("has a parameter of type " + type.getTypeName() + ", which no JSON can be read as"
                    + (mistaken ? "; " + Socket.class.getName() + " is the client" : ""));
        }
        return (socket, args) -> argument.read(args);
    }
}
