package io.sockeye.server.http;

/**
 * Refuses a handshake. A client that polls gets 403 and {@code {"code":4,"message":…}}; one that opens a WebSocket gets
 * 400 and the message, as from the reference server.
 */
public final class RequestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The default message. */
    public static final String FORBIDDEN = "Forbidden";

    /** With {@link #FORBIDDEN} as the message. */
    public RequestRefused() {
        this(FORBIDDEN);
    }

    /** @param message is sent to the client */
    public RequestRefused(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        var message = super.getMessage();
        return message == null ? FORBIDDEN : message;
    }
}
