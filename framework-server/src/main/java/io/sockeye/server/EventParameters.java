package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.server.MethodCall.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Gives the parameters of one method the arguments of an event, one after another. */
final class EventParameters implements Function<Type, Parameter<Args>> {
    /** The parameters that take no single argument. */
    static final Map<Type, Parameter<Args>> KNOWN = Map.of(
            Socket.class, (socket, args) -> socket,
            Args.class, (socket, args) -> args,
            Ack.class, (socket, args) -> args.acknowledgement());

    private final AnnotatedMethod method;
    private int next;

    EventParameters(AnnotatedMethod method) {
        this.method = method;
    }

    @Override
    public Parameter<Args> apply(Type type) {
        var reader = reader(next++, type);
        return (socket, args) -> Handling.read(args, reader);
    }

    private Function<Args, Object> reader(int index, Type type) {
        if (TypeVariables.erasure(type) != Optional.class) {
            return args -> args.get(index, type);
        }
        if (!(type instanceof ParameterizedType optional)) {
            throw method.wrong("takes an Optional of unknown type");
        }
        Type content = optional.getActualTypeArguments()[0];
        return args -> optional(args, index, content);
    }

    private static Optional<Object> optional(Args args, int index, Type type) {
        return index < args.size() ? Optional.ofNullable(args.get(index, type)) : Optional.empty();
    }
}
