package io.sockeye.engine;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of WebSocket subprotocols, as RFC 6455 wants them in section 4.1: tokens of HTTP, each one once. */
public final class Subprotocols {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

    private Subprotocols() {}

    /**
     * The same names, in their order. Any thread.
     *
     * @throws IllegalArgumentException if one is no token, or is there twice
     */
    public static Set<String> check(Iterable<String> names) {
        var checked = new LinkedHashSet<String>();
        for (var name : names) {
            if (!TOKEN.matcher(name).matches() || !checked.add(name)) {
                throw new IllegalArgumentException("subprotocol '" + name + "' is no token, or is there twice");
            }
        }
        return Collections.unmodifiableSet(checked);
    }
}
