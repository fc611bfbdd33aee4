package io.sockeye.server;

/**
 * Called for each client that was disconnected because too much was held for it, or because there were too many.
 *
 * <pre>{@code
 * SocketServer.builder().onOverflow(overflow ->
 *         log.warn("{}: {} bytes not taken", overflow.reason(), overflow.outBytes()));
 * }</pre>
 */
@FunctionalInterface
public interface OverflowHandler {
    /**
     * Called on a thread on which futures of requests complete, for one client after another. While 1,000 wait, it is
     * not called for further ones.
     */
    void handle(Overflow overflow);
}
