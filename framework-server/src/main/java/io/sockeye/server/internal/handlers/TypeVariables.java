package io.sockeye.server.internal.handlers;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the type variables of a class's supertypes stand for in that class. */
final class TypeVariables {
    private final Map<TypeVariable<?>, Type> meanings = new HashMap<>();

    TypeVariables(Class<?> type) {
        collect(type);
    }

    private void collect(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            meaningsIn(c.getGenericSuperclass());
            for (Type present : c.getGenericInterfaces()) {
                meaningsIn(present);
                collect(erasure(present));
            }
        }
    }

    private void meaningsIn(@Nullable Type supertype) {
        if (supertype instanceof ParameterizedType generic) {
            var variables = erasure(generic).getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                meanings.put(variables[i], generic.getActualTypeArguments()[i]);
            }
        }
    }

    /**
     * The method's parameter types without type variables; a wildcard is its upper bound, as when JSON is read.
     *
     * @throws IllegalArgumentException if a variable stands for no known type
     */
    List<Type> parameters(Method method) {
        try {
            return Stream.of(method.getGenericParameterTypes())
                    .map(this::resolve)
                    .toList();
        } catch (UnknownVariable e) {
            throw new IllegalArgumentException(method.toGenericString() + ": " + e.getMessage(), e);
        }
    }

    /** The method's return type without type variables; {@link Object} if one stands for no known type. */
    Type result(Method method) {
        return known(method.getGenericReturnType());
    }

    /** What the first type variable of one of its supertypes stands for in this type; {@link Object} if that is not known. */
    static Type argument(Type type, Class<?> supertype) {
        var variables = new TypeVariables(erasure(type));
        variables.meaningsIn(type);
        return variables.known(supertype.getTypeParameters()[0]);
    }

    private Type known(Type type) {
        try {
            return resolve(type);
        } catch (UnknownVariable e) {
            return Object.class;
        }
    }

    private Type resolve(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return meaning(variable);
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType array) {
            var component = resolve(array.getGenericComponentType());
            return component instanceof Class<?> known ? known.arrayType() : new ArrayOf(component);
        }
        if (type instanceof ParameterizedType generic) {
            var arguments = Stream.of(generic.getActualTypeArguments())
                    .map(this::resolve)
                    .toList();
            return new Generic(erasure(generic), arguments);
        }
        return type;
    }

    private Type meaning(TypeVariable<?> variable) {
        var type = meanings.get(variable);
        if (type == null) {
            throw new UnknownVariable(variable);
        }
        return resolve(type);
    }

    /** The class of a type without variables. */
    static Class<?> erasure(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return erasure(array.getGenericComponentType()).arrayType();
        }
        return (Class<?>) type;
    }

    private static final class UnknownVariable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownVariable(TypeVariable<?> variable) {
            super("type variable " + variable + " of " + variable.getGenericDeclaration()
                    + " stands for no known type");
        }
    }

    private record ArrayOf(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }

        @Override
        public String toString() {
            return component.getTypeName() + "[]";
        }
    }

    private record Generic(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }

        @Override
        public String toString() {
            return arguments.stream()
                    .map(Type::getTypeName)
                    .collect(Collectors.joining(", ", raw.getName() + "<", ">"));
        }
    }
}
