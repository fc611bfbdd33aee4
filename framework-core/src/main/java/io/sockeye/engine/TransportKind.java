package io.sockeye.engine;

import org.jspecify.annotations.Nullable;

/** The transports of Engine.IO that this implementation speaks. */
public enum TransportKind {
    POLLING("polling"),
    WEBSOCKET("websocket");

    private final String wireName;

    TransportKind(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the query of a request and in {@code upgrades}. */
    public String wireName() {
        return wireName;
    }

    /** The transport of exactly that name, or null: nothing else may select one (CVE-2023-31125). */
    public static @Nullable TransportKind of(@Nullable String wireName) {
        for (var kind : values()) {
            if (kind.wireName.equals(wireName)) {
                return kind;
            }
        }
        return null;
    }
}
