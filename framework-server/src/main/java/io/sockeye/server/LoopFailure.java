package io.sockeye.server;

/** What happens when the thread of an event loop ends by an uncaught error, such as an {@link OutOfMemoryError}. */
public enum LoopFailure {
    /**
     * The server stops listening and closes all connections; disconnect handlers of that loop's sockets are not called.
     * The process continues. The server has to be stopped and a new one started.
     */
    CLOSE,
    /** The process ends at once with status 70, after a line on the standard error output; no shutdown hook runs. */
    HALT
}
