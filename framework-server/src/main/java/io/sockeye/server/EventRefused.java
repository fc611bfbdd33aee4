package io.sockeye.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by {@link EventMiddleware} to keep a client's event from the handlers. If the client asked for an
 * acknowledgement, it gets a {@link io.sockeye.event.Rejection} with the message and the data. Not logged above debug,
 * because a client could do it as often as it likes.
 *
 * <pre>{@code
 * server.useForEvents((socket, event, args) -> {
 *     if (event.startsWith("admin:") && !socket.rooms().contains("admins")) {
 *         throw new EventRefused("not an admin");
 *     }
 * });
 * }</pre>
 */
public final class EventRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /**
     * Without data.
     *
     * @param message is sent to the client if it asked for an acknowledgement
     */
    public EventRefused(String message) {
        this(message, null);
    }

    /**
     * With data.
     *
     * @param message is sent to the client if it asked for an acknowledgement
     * @param data is sent to the client, too: anything that can be emitted
     */
    public EventRefused(String message, @Nullable Object data) {
        super(message, null, false, false);
        this.data = data;
    }

    /** The data that is sent with the message. */
    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }
}
