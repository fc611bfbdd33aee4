package io.sockeye.testbed.docs;

/** What the code has by default, also where users cannot see it: fields, and methods without parameters. */
final class Defaults {
    private final Object owner;

    Defaults(Object owner) {
        this.owner = owner;
    }

    Number number(String name) {
        return (Number) value(name);
    }

    /** The value of that field, or else of that method. */
    Object value(String name) {
        for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
            for (var method : type.getDeclaredMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == 0) {
                    method.setAccessible(true);
                    return call(() -> method.invoke(owner));
                }
            }
            for (var field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return call(() -> field.get(owner));
                }
            }
        }
        throw new IllegalArgumentException(owner.getClass() + " has no " + name);
    }

    static Number constant(String type, String name) {
        return (Number) field(type, name);
    }

    /** The value of a static field. */
    static Object field(String type, String name) {
        return call(() -> {
            var field = Class.forName(type).getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null);
        });
    }

    private static Object call(Reading reading) {
        try {
            return reading.read();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Reading {
        Object read() throws ReflectiveOperationException;
    }
}
