package io.sockeye.client;

import java.util.Objects;

/**
 * An event was not sent and will not be. {@link Emitter#emit} throws this when too much waits to be sent; what turns out later is
 * reported to {@link SocketClientBuilder#onError}; requests fail with it.
 *
 * <pre>{@code
 * client.request("save", Void.class, picture).exceptionally(failure -> {
 *     log.warn("not saved: {}", failure.getMessage()); // event 'save': 5,000,123 bytes, the server takes 2,000,000
 *     return null;
 * });
 * }</pre>
 */
public final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String event;

    /** Made by the client; for tests of code that handles it. */
    public NotSentException(Reason reason, String event, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.event = Objects.requireNonNull(event, "event");
    }

    /** Why the event was not sent. */
    public Reason reason() {
        return reason;
    }

    /** The event's name. */
    public String event() {
        return event;
    }

    /** Why an event was not sent. */
    public enum Reason {
        /** More than {@link SocketClientBuilder#outboxBytes} would wait. */
        OUTBOX_FULL,
        /** The message is bigger than the server takes, as it said when the connection was opened. */
        TOO_BIG,
        /** The event is {@linkplain Emitter#asVolatile volatile}, and could not be sent at once. */
        BUSY
    }
}
