package io.sockeye.server.internal.handlers;

import io.sockeye.server.Socket;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A method of a user's object, ready to be called without reflection. Immutable; any thread.
 *
 * @param <C> what happened to the socket
 */
final class MethodCall<C> {
    private final MethodHandle method;
    private final List<Parameter<C>> parameters;

    /**
     * @param known what parameters of these types are given; each type once at most
     * @param others what parameters of other types are given, by position and type; throws if there is nothing for them
     * @throws IllegalArgumentException if the method cannot be called in this way
     */
    MethodCall(
            Object owner,
            AnnotatedMethod method,
            Map<Type, Parameter<C>> known,
            BiFunction<Integer, Type, Parameter<C>> others) {
        this.method = method.bind(owner);
        this.parameters = parameters(method, known, others);
    }

    private static <C> List<Parameter<C>> parameters(
            AnnotatedMethod method, Map<Type, Parameter<C>> known, BiFunction<Integer, Type, Parameter<C>> others) {
        var parameters = new ArrayList<Parameter<C>>();
        var seen = new HashSet<Type>();
        for (int i = 0; i < method.parameters().size(); i++) {
            Type type = method.parameters().get(i);
            var special = known.get(type);
            if (special != null && !seen.add(type)) {
                throw method.wrong("has two parameters of type " + type.getTypeName());
            }
            parameters.add(special != null ? special : others.apply(i, type));
        }
        return List.copyOf(parameters);
    }

    /** What the method returns; what it throws is thrown as it is. */
    @Nullable
    Object call(Socket socket, C cause) throws Exception {
        var values = new @Nullable Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters.get(i).value(socket, cause);
        }
        try {
            return (Object) method.invokeExact(values);
        } catch (Throwable e) {
            throw MethodCall.<Exception>asItIs(e);
        }
    }

    /** Also a {@link Throwable} that the compiler would not let through. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asItIs(Throwable e) throws E {
        throw (E) e;
    }

    /** What one parameter of the method is given. */
    @FunctionalInterface
    interface Parameter<C> {
        @Nullable
        Object value(Socket socket, C cause);
    }
}
