package io.sockeye.event;

import io.sockeye.json.Peer;
import java.time.Duration;

/**
 * The other side did not acknowledge an event in time: with this a request fails that has a timeout. If the event had
 * not left, it never will.
 *
 * <pre>{@code
 * socket.timeout(Duration.ofSeconds(5)).request("ready?", Boolean.class).whenComplete((ready, failure) -> {
 *     if (failure instanceof AckTimeoutException) {
 *         socket.disconnect();
 *     }
 * });
 * }</pre>
 */
public final class AckTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Peer peer;

    /**
     * Of an event and the time that its sender was ready to wait.
     *
     * @param peer who did not answer
     */
    public AckTimeoutException(String event, Duration timeout, Peer peer) {
        super("no acknowledgement of '" + event + "' within " + timeout.toMillis() + " ms");
        this.peer = peer;
    }

    /** Who did not answer: a client of a server here, or the server that a client here speaks to. */
    public Peer peer() {
        return peer;
    }
}
