package io.sockeye.server.adapter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an event is emitted. Immutable.
 *
 * @param droppable whether it is dropped for clients that cannot take it at once ("volatile")
 * @param compress whether it may be compressed where the connection does so
 * @param local whether other servers are left out
 * @param timeout the time for acknowledgements and answers of other servers; null if not set, but never null when an
 *     {@link Adapter} must ask
 */
public record Flags(
        boolean droppable,
        boolean compress,
        boolean local,
        @Nullable Duration timeout) {
    public static final Flags NONE = new Flags(false, true, false, null);

    public Flags {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout);
        }
    }

    public Flags asDroppable() {
        return new Flags(true, compress, local, timeout);
    }

    public Flags compress(boolean wanted) {
        return new Flags(droppable, wanted, local, timeout);
    }

    public Flags asLocal() {
        return new Flags(droppable, compress, true, timeout);
    }

    public Flags timeout(Duration limit) {
        return new Flags(droppable, compress, local, limit);
    }
}
