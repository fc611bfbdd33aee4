package io.sockeye.server;

/** The server could not listen on its address, for example because another program uses the port. */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotListenException(String where, Throwable cause) {
        super("cannot listen on " + where + ": " + cause.getMessage(), cause);
    }
}
