package io.sockeye.server;

import java.util.Set;

/** The names that an event of a user may not have, since the protocol or the official clients use them. */
final class EventNames {
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    /** @throws IllegalArgumentException if the name is reserved */
    static void check(String event) {
        if (RESERVED.contains(event)) {
            throw new IllegalArgumentException("'" + event + "' is a reserved event name");
        }
    }
}
