package io.sockeye.client.internal.socket;

import io.sockeye.client.internal.settings.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an event is emitted. Immutable.
 *
 * @param droppable whether it is dropped if it cannot be sent at once ("volatile")
 * @param compress whether it may be compressed where the connection compresses
 * @param timeout how long the acknowledgement may take; null for the client's {@code ackTimeout}
 */
public record Flags(
        boolean droppable, boolean compress, @Nullable Duration timeout) {
    public static final Flags NONE = new Flags(false, true, null);

    public Flags {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout);
        }
        timeout = timeout == null ? null : Durations.bounded(timeout);
    }
}
