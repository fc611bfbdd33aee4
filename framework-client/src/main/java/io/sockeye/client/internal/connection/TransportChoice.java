package io.sockeye.client.internal.connection;

import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the transport of an attempt to connect, and the next one if it fails. Owned by the loop. */
final class TransportChoice {
    private final ClientOptions options;
    /** Those that may be tried, in order. */
    private List<TransportKind> order;
    /** The index of the one that is tried at present. */
    private int index;
    /** The last one that worked and needed no upgrade; null if there is none. */
    private @Nullable TransportKind best;

    TransportChoice(ClientOptions options) {
        this.options = options;
        this.order = options.transports();
    }

    /** The transport of a new attempt. */
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

    /** The next transport of the same attempt, after a failure; null if there is none, or only one may be tried. */
    @Nullable
    TransportKind next() {
        best = null;
        index++;
        return options.tryAllTransports() && index < order.size() ? order.get(index) : null;
    }

    /** A connection was opened or upgraded with this transport. */
    void worked(TransportKind kind, boolean mayUpgrade) {
        best = mayUpgrade ? null : kind;
    }
}
