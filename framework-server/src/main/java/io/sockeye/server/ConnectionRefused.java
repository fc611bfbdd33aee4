package io.sockeye.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a client that wants to join a namespace; it gets the message and the data as its {@code connect_error}.
 *
 * <pre>{@code
 * throw new ConnectionRefused("not authorized", Map.of("retry", false));
 * // the client: socket.on("connect_error", error => console.log(error.message, error.data))
 * }</pre>
 */
public final class ConnectionRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /**
     * Without data.
     *
     * @param message is sent to the client
     */
    public ConnectionRefused(String message) {
        this(message, null);
    }

    /**
     * With data.
     *
     * @param message is sent to the client
     * @param data is sent to the client: anything that can be written as JSON
     */
    public ConnectionRefused(String message, @Nullable Object data) {
        super(message, null, false, false);
        this.data = data;
    }

    /** The data that is sent with the message. */
    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }
}
