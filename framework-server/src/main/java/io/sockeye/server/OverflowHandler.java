package io.sockeye.server;

/**
 * Told of each client that was disconnected because too much was held for it, or because there were too many.
 *
 * <pre>{@code
 * SocketServer.builder().onOverflow(overflow ->
 *         log.warn("{}: {} bytes not taken", overflow.reason(), overflow.outBytes()));
 * }</pre>
 */
@FunctionalInterface
public interface OverflowHandler {
    /** On a thread where futures of requests complete; one client after another, and of no more than 1,000 that wait. */
    void handle(Overflow overflow);
}
