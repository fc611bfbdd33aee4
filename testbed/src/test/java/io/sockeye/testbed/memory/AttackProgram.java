package io.sockeye.testbed.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One attack by hand: {@code AttackProgram PayloadFlood clients=20 heap=128 direct=128}. The values are those of the attack's
 * record, by default as it was seen; {@code server=--tls,on,--recovery,on} gives the server settings. Prints a row of a table, and what the server logged.
 */
final class AttackProgram {
    private AttackProgram() {}

    public static void main(String[] args) throws Exception {
        var values = new HashMap<String, String>();
        for (var pair : List.of(args).subList(1, args.length)) {
            int equals = pair.indexOf('=');
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        int heap = Integer.parseInt(values.getOrDefault("heap", "256"));
        var size = new JvmSize(heap, Integer.parseInt(values.getOrDefault("direct", String.valueOf(heap))));
        var further = values.getOrDefault("server", "");
        var chosen = variant(args[0], values);
        var attack = further.isEmpty() ? chosen : Against.server(chosen, further.split(",", -1));
        var trial = Trial.of(attack).in(size);
        if (values.getOrDefault("newcomers", "").equals("on") || attack instanceof BlockedHandlers) {
            trial.with("join", Newcomers::joins).with("page", Newcomers::readsPage);
        }
        long start = System.nanoTime();
        var figures = trial.run();
        System.out.println(figures.row(attack.toString()));
        System.out.println((System.nanoTime() - start) / 1_000_000_000 + " s; log:");
        figures.log().stream().limit(40).forEach(System.out::println);
        System.exit(0);
    }

    private static Attack variant(String name, Map<String, String> values) throws ReflectiveOperationException {
        var type = Class.forName(AttackProgram.class.getPackageName() + "." + name);
        var seen = usual(type);
        var components = type.getRecordComponents();
        var arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            var value = values.get(components[i].getName());
            var accessor = components[i].getAccessor();
            accessor.setAccessible(true);
            arguments[i] = value == null ? accessor.invoke(seen) : parse(components[i].getType(), value);
        }
        var types = Arrays.stream(components).map(each -> each.getType()).toArray(Class<?>[]::new);
        return (Attack) type.getDeclaredConstructor(types).newInstance(arguments);
    }

    /** Its only, or first, constant: static fields of the record's own type. */
    private static Object usual(Class<?> type) throws ReflectiveOperationException {
        for (var field : type.getDeclaredFields()) {
            if (field.getType() == type) {
                return field.get(null);
            }
        }
        throw new IllegalArgumentException(type + " has no usual values");
    }

    private static Object parse(Class<?> type, String value) {
        for (var constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
            if (constant.toString().equals(value)) {
                return constant;
            }
        }
        return type == int.class
                ? Integer.valueOf(value)
                : type == boolean.class ? Boolean.valueOf(value) : (Object) value;
    }
}
