package io.sockeye.client;

import java.util.Objects;

/**
 * Why and how a socket was disconnected.
 *
 * <pre>{@code
 * client.onDisconnect(end -> log.info("disconnected: {}", end)); // transport error: Connection reset
 * }</pre>
 *
 * @param details what is known beyond the reason, for people; empty for nothing
 */
public record Disconnection(DisconnectReason reason, String details) {
    /** Made by the client; for tests of code that handles it. */
    public Disconnection {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(details, "details");
    }

    @Override
    public String toString() {
        return details.isEmpty() ? reason.text() : reason.text() + ": " + details;
    }
}
