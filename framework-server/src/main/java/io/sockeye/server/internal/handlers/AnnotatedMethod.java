package io.sockeye.server.internal.handlers;

import io.sockeye.server.annotation.OnConnect;
import io.sockeye.server.annotation.OnDisconnect;
import io.sockeye.server.annotation.OnEvent;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A method of a user's class that handles something.
 *
 * @param parameters its parameters' types without type variables
 * @param result what it returns, the same; {@link Object} where that is not known
 */
record AnnotatedMethod(Method method, List<Type> parameters, Type result) {
    /**
     * The annotated methods of a class and all its supertypes, each once however often it is overridden: the annotations
     * of the nearest declaration that has any are those that count. In the order of their names.
     *
     * @throws IllegalArgumentException if there is none
     */
    static List<AnnotatedMethod> of(Class<?> type) {
        var variables = new TypeVariables(type);
        var found = new ArrayList<AnnotatedMethod>();
        supertypes(type).stream()
                .sorted(nearestFirst())
                .flatMap(declaring -> List.of(declaring.getDeclaredMethods()).stream())
                .filter(AnnotatedMethod::isAnnotated)
                .map(method -> new AnnotatedMethod(method, variables.parameters(method), variables.result(method)))
                .filter(method -> found.stream().noneMatch(nearer -> nearer.overrides(method)))
                .forEach(found::add);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no method of " + type + " has one of the annotations @OnConnect, @OnDisconnect, @OnEvent");
        }
        // The JDK knows no order of methods.
        found.sort(Comparator.comparing((AnnotatedMethod each) -> each.method.getName())
                .thenComparing(AnnotatedMethod::toString));
        return List.copyOf(found);
    }

    /** Classes before interfaces, as the language has it; each has more supertypes than each of its supertypes has. */
    private static Comparator<Class<?>> nearestFirst() {
        return Comparator.<Class<?>, Boolean>comparing(Class::isInterface)
                .thenComparing(type -> -supertypes(type).size());
    }

    private static Set<Class<?>> supertypes(@Nullable Class<?> type) {
        var all = new LinkedHashSet<Class<?>>();
        if (type != null) {
            all.add(type);
            all.addAll(supertypes(type.getSuperclass()));
            for (Class<?> present : type.getInterfaces()) {
                all.addAll(supertypes(present));
            }
        }
        return all;
    }

    /** The compiler copies annotations to the bridges that it adds. */
    private static boolean isAnnotated(Method method) {
        return !method.isBridge()
                && (method.isAnnotationPresent(OnConnect.class)
                        || method.isAnnotationPresent(OnDisconnect.class)
                        || method.isAnnotationPresent(OnEvent.class));
    }

    private boolean overrides(AnnotatedMethod farther) {
        return method.getName().equals(farther.method.getName())
                && erasure().equals(farther.erasure())
                && !Modifier.isPrivate(method.getModifiers())
                && farther.canBeOverriddenIn(method.getDeclaringClass());
    }

    private boolean canBeOverriddenIn(Class<?> type) {
        int modifiers = method.getModifiers();
        return Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers)
                || (!Modifier.isPrivate(modifiers)
                        && type.getPackage() == method.getDeclaringClass().getPackage());
    }

    private List<Class<?>> erasure() {
        return parameters.stream().<Class<?>>map(TypeVariables::erasure).toList();
    }

    /** Whether the parameter at that position is marked with some {@code @Nullable} that is there at run time. */
    boolean takesNull(int position) {
        return Stream.concat(
                        Stream.of(method.getAnnotatedParameterTypes()[position].getAnnotations()),
                        Stream.of(method.getParameterAnnotations()[position]))
                .anyMatch(mark -> mark.annotationType().getSimpleName().equals("Nullable"));
    }

    boolean returnsNothing() {
        return method.getReturnType() == void.class;
    }

    /**
     * The method of this object, from an array of arguments to a result, which is null if the method returns nothing.
     *
     * @throws IllegalArgumentException if the method cannot be called
     */
    MethodHandle bind(Object owner) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw wrong("is static, but handlers are methods of an object");
        }
        if (method.isVarArgs()) {
            throw wrong("takes any number of values; Args stands for all arguments");
        }
        if (!method.trySetAccessible()) {
            var home = method.getDeclaringClass();
            throw wrong("cannot be called unless %s opens package %s to %s"
                    .formatted(home.getModule(), home.getPackageName(), AnnotatedMethod.class.getModule()));
        }
        int count = method.getParameterCount();
        try {
            return MethodHandles.lookup()
                    .unreflect(method)
                    .bindTo(owner)
                    .asType(MethodType.genericMethodType(count))
                    .asSpreader(Object[].class, count);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(this + " cannot be called", e);
        }
    }

    /** For the user, about this method. */
    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(this + " " + what);
    }

    @Override
    public String toString() {
        return method.toGenericString();
    }
}
