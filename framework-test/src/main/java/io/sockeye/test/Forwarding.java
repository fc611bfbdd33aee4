package io.sockeye.test;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * An object with the methods of two others: those of {@code api} are the real object's, the rest the test's own. So it has
 * every method of the real one, also those that come later.
 */
final class Forwarding implements InvocationHandler {
    private final Class<?> api;
    private final Object real;
    private final Object own;
    private final Runnable after;

    private Forwarding(Class<?> api, Object real, Object own, Runnable after) {
        this.api = api;
        this.real = real;
        this.own = own;
        this.after = after;
    }

    /** @param after called after each call of the real object */
    static <T> T of(Class<T> type, Class<?> api, Object real, Object own, Runnable after) {
        var handler = new Forwarding(api, real, own, after);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        if (method.getName().equals("equals") && args != null && args.length == 1) {
            return proxy == args[0];
        }
        boolean forwarded = method.getDeclaringClass().isAssignableFrom(api);
        try {
            var result = method.invoke(forwarded ? real : own, args);
            if (forwarded) {
                after.run();
            }
            return result == real ? proxy : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
