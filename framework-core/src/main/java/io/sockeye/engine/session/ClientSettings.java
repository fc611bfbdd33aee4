package io.sockeye.engine.session;

import io.sockeye.engine.Limits;

/**
 * The numbers of a client's sessions; times are milliseconds.
 *
 * @param openTimeoutMillis the time in which the server must send the handshake
 * @param upgradeTimeoutMillis the time in which a probing transport must complete the upgrade
 * @param closeTimeoutMillis the time in which a closing session must send what is queued
 */
public record ClientSettings(
        long openTimeoutMillis, long upgradeTimeoutMillis, long closeTimeoutMillis, Limits limits) {
    /**
     * Open within 20 s, upgrade within 10 s and close within 30 s as in the reference implementation. A server may answer
     * a poll with a whole outbox, in as many packets as fit.
     */
    public static final ClientSettings DEFAULT =
            new ClientSettings(20_000, 10_000, 30_000, new Limits(32 << 20, Integer.MAX_VALUE, 16L << 20));

    public ClientSettings {
        if (openTimeoutMillis < 1 || upgradeTimeoutMillis < 1 || closeTimeoutMillis < 0) {
            throw new IllegalArgumentException(
                    "times must be positive: openTimeout %d ms, upgradeTimeout %d ms, closeTimeout %d ms"
                            .formatted(openTimeoutMillis, upgradeTimeoutMillis, closeTimeoutMillis));
        }
    }
}
