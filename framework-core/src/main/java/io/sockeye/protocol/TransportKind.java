package io.sockeye.protocol;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A transport of Engine.IO that this implementation speaks. There is one object for each; later versions may have more.
 */
public final class TransportKind {
    /** Requests that wait for packets, and requests that bring them. */
    public static final TransportKind POLLING = new TransportKind("polling", false);

    /** One connection for both directions. */
    public static final TransportKind WEBSOCKET = new TransportKind("websocket", true);

    private static final List<TransportKind> KNOWN = List.of(POLLING, WEBSOCKET);

    private final String wireName;
    private final boolean webSocket;

    private TransportKind(String wireName, boolean webSocket) {
        this.wireName = wireName;
        this.webSocket = webSocket;
    }

    /** The name in the query of a request and in {@code upgrades}. */
    public String wireName() {
        return wireName;
    }

    /** Whether it begins with the handshake of a WebSocket; otherwise all of its requests are plain HTTP. */
    public boolean isWebSocket() {
        return webSocket;
    }

    /** The transport of exactly that name, or null: nothing else may select one (CVE-2023-31125). */
    public static @Nullable TransportKind of(@Nullable String wireName) {
        for (var kind : KNOWN) {
            if (kind.wireName.equals(wireName)) {
                return kind;
            }
        }
        return null;
    }

    /** The name of the constant. */
    @Override
    public String toString() {
        return wireName.toUpperCase(Locale.ROOT);
    }
}
