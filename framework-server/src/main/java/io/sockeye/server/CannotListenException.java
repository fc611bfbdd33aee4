package io.sockeye.server;

/** The server could not have its address, for example because another program listens on that port. */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotListenException(String where, Throwable cause) {
        super("cannot listen on " + where + ": " + cause.getMessage(), cause);
    }
}
