package io.sockeye.engine;

import java.util.List;

/**
 * The numbers of a server's sessions; times are milliseconds.
 *
 * @param upgradeTimeoutMillis in which a probing transport must complete the upgrade
 * @param closeTimeoutMillis in which a closing session must get rid of what it still has to send
 */
public record EngineSettings(
        long pingIntervalMillis,
        long pingTimeoutMillis,
        long upgradeTimeoutMillis,
        long closeTimeoutMillis,
        Limits limits) {
    /** The reference server's: ping every 25 s, pong within 20 s, upgrade within 10 s, close within 30 s. */
    public static final EngineSettings DEFAULT = new EngineSettings(25_000, 20_000, 10_000, 30_000, Limits.DEFAULT);

    public EngineSettings {
        if (pingIntervalMillis < 1 || pingTimeoutMillis < 1 || upgradeTimeoutMillis < 1 || closeTimeoutMillis < 0) {
            throw new IllegalArgumentException(
                    "times must be positive: pingInterval %d ms, pingTimeout %d ms, upgradeTimeout %d ms, closeTimeout %d ms"
                            .formatted(
                                    pingIntervalMillis, pingTimeoutMillis, upgradeTimeoutMillis, closeTimeoutMillis));
        }
    }

    /** What a session with these settings tells its client. */
    Handshake handshake(String sid, boolean upgrades) {
        var targets = upgrades ? List.of(TransportKind.WEBSOCKET.wireName()) : List.<String>of();
        return new Handshake(sid, targets, pingIntervalMillis, pingTimeoutMillis, limits.maxPayload());
    }
}
