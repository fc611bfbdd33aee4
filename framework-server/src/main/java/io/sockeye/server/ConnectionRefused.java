package io.sockeye.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses a client that wants to join a namespace; it gets the message and the data as its {@code connect_error}. */
public final class ConnectionRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    public ConnectionRefused(String message) {
        this(message, null);
    }

    /** @param data anything that can be written as JSON */
    public ConnectionRefused(String message, @Nullable Object data) {
        super(message, null, false, false);
        this.data = data;
    }

    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }
}
