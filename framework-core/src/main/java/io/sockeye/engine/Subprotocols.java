package io.sockeye.engine;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of WebSocket subprotocols, as RFC 6455, section 4.1, requires: tokens of HTTP without duplicates. */
public final class Subprotocols {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

    private Subprotocols() {}

    /**
     * The same names, in their order. Any thread.
     *
     * @throws IllegalArgumentException if a name is not a token, or occurs twice
     */
    public static Set<String> check(Iterable<String> names) {
        var checked = new LinkedHashSet<String>();
        for (var name : names) {
            if (!TOKEN.matcher(name).matches() || !checked.add(name)) {
                throw new IllegalArgumentException("subprotocol '" + name + "' is not a token, or occurs twice");
            }
        }
        return Collections.unmodifiableSet(checked);
    }
}
