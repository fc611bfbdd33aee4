package io.sockeye.event;

import io.sockeye.json.Peer;
import java.time.Duration;

/**
 * A request failed since the other side did not acknowledge the event within its timeout. An event that is still queued
 * is withdrawn.
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
     * For an event and the timeout of its request.
     *
     * @param peer the side that did not answer
     */
    public AckTimeoutException(String event, Duration timeout, Peer peer) {
        super("no acknowledgement of '" + event + "' within " + timeout.toMillis() + " ms");
        this.peer = peer;
    }

    /** The side that did not answer: {@link Peer#CLIENT} at a server, {@link Peer#SERVER} at a client. */
    public Peer peer() {
        return peer;
    }
}
