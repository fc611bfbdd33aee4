package io.sockeye.testbed.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line: pairs of an option and its value. */
final class MemoryOptions {
    private static final Set<String> NAMES = Set.of(
            "--loops", "--pings", "--recovery", "--routes", "--check", "--tls", "--deflate", "--jsonp", "--on-loop");

    private final Map<String, String> values = new HashMap<>();

    MemoryOptions(List<String> args) {
        for (int i = 0; i < args.size(); i += 2) {
            if (!NAMES.contains(args.get(i)) || i + 1 == args.size()) {
                throw new IllegalArgumentException(
                        "option " + args.get(i) + ": expected one of " + NAMES + " and a value");
            }
            values.put(args.get(i), args.get(i + 1));
        }
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    boolean isOn(String name) {
        return values.getOrDefault(name, "off").equals("on");
    }
}
