package io.sockeye.client;

import io.sockeye.engine.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which transport a connection begins with, and which one is tried next. Owned by the loop. */
final class TransportChoice {
    private final ClientOptions options;
    /** Those that may be tried, in order. */
    private List<TransportKind> order;
    /** Which of them is tried at present. */
    private int index;
    /** Whether the last connection was one over WebSocket. */
    private boolean webSocketWorked;

    TransportChoice(ClientOptions options) {
        this.options = options;
        this.order = options.transports();
    }

    /** For a new attempt. */
    TransportKind first() {
        index = 0;
        order = options.rememberUpgrade() && webSocketWorked
                ? webSocketFirst(options.transports())
                : options.transports();
        return order.get(0);
    }

    private static List<TransportKind> webSocketFirst(List<TransportKind> kinds) {
        var sorted = new ArrayList<>(kinds);
        if (sorted.remove(TransportKind.WEBSOCKET)) {
            sorted.add(0, TransportKind.WEBSOCKET);
        }
        return sorted;
    }

    /** For the same attempt, after a failure; null if there is none, or no more than one may be tried. */
    @Nullable
    TransportKind next() {
        webSocketWorked = false;
        index++;
        return options.tryAllTransports() && index < order.size() ? order.get(index) : null;
    }

    /** A transport carries the connection. */
    void worked(TransportKind kind) {
        webSocketWorked = kind == TransportKind.WEBSOCKET;
    }
}
