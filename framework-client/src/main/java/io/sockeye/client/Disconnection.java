package io.sockeye.client;

import java.util.Objects;

/**
 * The end of a socket's connection.
 *
 * <pre>{@code
 * client.onDisconnect(end -> log.info("disconnected: {}", end)); // transport error: Connection reset
 * }</pre>
 *
 * @param details what is known beyond the reason, in words; empty if nothing is
 */
public record Disconnection(DisconnectReason reason, String details) {
    /** Of a reason and words about it. */
    public Disconnection {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(details, "details");
    }

    @Override
    public String toString() {
        return details.isEmpty() ? reason.text() : reason.text() + ": " + details;
    }
}
