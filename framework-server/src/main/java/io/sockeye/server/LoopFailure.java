package io.sockeye.server;

/** What happens when the thread of an event loop ends by an error that nothing could catch, such as one for want of memory. */
public enum LoopFailure {
    /**
     * The server listens no longer and closes all connections, without its sockets' disconnect handlers on that loop; the
     * process lives on. The server has to be stopped and a new one started.
     */
    CLOSE,
    /** The process ends at once with status 70, after a line on the standard error output; no shutdown hook runs. */
    HALT
}
