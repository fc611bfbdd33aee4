package io.sockeye.engine;

import io.sockeye.protocol.TransportKind;

/**
 * The settings of a server's sessions; times are milliseconds.
 *
 * @param upgradeTimeoutMillis the time in which a probing transport must complete the upgrade
 * @param closeTimeoutMillis the time in which a closing session must send what is queued
 * @param upgrades the upgrades that sessions may make
 */
public record EngineSettings(
        long pingIntervalMillis,
        long pingTimeoutMillis,
        long upgradeTimeoutMillis,
        long closeTimeoutMillis,
        Limits limits,
        Upgrades upgrades) {
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

    /** With the upgrades of the official implementations. */
    public EngineSettings(
            long pingIntervalMillis,
            long pingTimeoutMillis,
            long upgradeTimeoutMillis,
            long closeTimeoutMillis,
            Limits limits) {
        this(
                pingIntervalMillis,
                pingTimeoutMillis,
                upgradeTimeoutMillis,
                closeTimeoutMillis,
                limits,
                Upgrades.STANDARD);
    }

    /** The handshake of a session that begins on this transport. */
    public Handshake handshake(String sid, TransportKind first) {
        var targets = upgrades.from(first).stream().map(TransportKind::wireName).toList();
        return new Handshake(sid, targets, pingIntervalMillis, pingTimeoutMillis, limits.maxPayload());
    }
}
