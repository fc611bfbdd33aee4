package io.sockeye.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server's session moves to another transport: it answers there, releases the poll whose end the client awaits, and
 * moves once told. One probe at a time. Owned by its session.
 */
final class ServerUpgrade {
    /** Between two NOOPs to a poll that holds up an upgrade, as in the reference server. */
    private static final long NOOP_EVERY_MILLIS = 100;

    private static final List<EnginePacket> NOOP = List.of(EnginePacket.NOOP);
    private static final List<EnginePacket> ANSWER = List.of(EnginePacket.probe(EnginePacket.Type.PONG));

    /** The transport that tries to take the session over; null without a probe. */
    private @Nullable Transport probe;

    private long timeoutMillis = Long.MAX_VALUE;
    /** When a waiting poll is answered next; never before the probe was answered. */
    private long noopMillis = Long.MAX_VALUE;

    /** Whether there is no probe. */
    boolean idle() {
        return probe == null;
    }

    boolean isProbe(Transport transport) {
        return transport == probe;
    }

    /** The time from which on {@link #tick} has something to do. */
    long deadlineMillis() {
        return Math.min(timeoutMillis, noopMillis);
    }

    void start(Transport candidate, long deadline) {
        probe = candidate;
        timeoutMillis = deadline;
    }

    /** Whether the probe asked as it should; anything else fails it. */
    boolean answer(EnginePacket packet, Transport polling, long now) {
        boolean asks = packet.type() == EnginePacket.Type.PING && packet.isProbe();
        // Who asks again and again without reading the answers must not pile them up here.
        if (!asks || probe == null || !probe.writable()) {
            return false;
        }
        probe.write(ANSWER);
        releasePoll(polling, now);
        return true;
    }

    /** Releases a waiting poll when that is due, ends a probe that took too long. */
    void tick(Transport polling, long now) {
        if (now >= timeoutMillis) {
            abandon();
        } else if (now >= noopMillis) {
            releasePoll(polling, now);
        }
    }

    /** The client waits for the end of its poll before it upgrades: a NOOP answers it. */
    private void releasePoll(Transport polling, long now) {
        noopMillis = now + NOOP_EVERY_MILLIS;
        if (polling.writable()) {
            polling.write(NOOP);
        }
    }

    /** The probe became the session's transport, or is gone. */
    void forget() {
        probe = null;
        timeoutMillis = Long.MAX_VALUE;
        noopMillis = Long.MAX_VALUE;
    }

    /** Ends the probe; the session stays where it is. */
    void abandon() {
        var failed = probe;
        forget();
        if (failed != null) {
            failed.close();
        }
    }
}
