package io.sockeye.client.internal.connection;

import io.sockeye.client.internal.settings.ClientOptions;
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
    /** The last one that carried a connection, if no better one could have taken over; null otherwise. */
    private @Nullable TransportKind best;

    TransportChoice(ClientOptions options) {
        this.options = options;
        this.order = options.transports();
    }

    /** For a new attempt. */
    TransportKind first() {
        index = 0;
        var remembered = options.rememberUpgrade() ? best : null;
        order = remembered == null ? options.transports() : beginWith(remembered, options.transports());
        return order.get(0);
    }

    private static List<TransportKind> beginWith(TransportKind first, List<TransportKind> kinds) {
        var sorted = new ArrayList<>(kinds);
        sorted.remove(first);
        sorted.add(0, first);
        return sorted;
    }

    /** For the same attempt, after a failure; null if there is none, or no more than one may be tried. */
    @Nullable
    TransportKind next() {
        best = null;
        index++;
        return options.tryAllTransports() && index < order.size() ? order.get(index) : null;
    }

    /** A transport carries the connection, perhaps until a better one does. */
    void worked(TransportKind kind, boolean mayUpgrade) {
        best = mayUpgrade ? null : kind;
    }
}
