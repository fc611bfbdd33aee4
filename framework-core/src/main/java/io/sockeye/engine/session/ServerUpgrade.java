package io.sockeye.engine.session;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server's upgrade to another transport: answers the probe's PING, releases the poll whose end the client awaits, and
 * moves the session on UPGRADE. One probe at a time. Owned by its session.
 */
final class ServerUpgrade {
    /** Between two NOOPs to a poll that holds up an upgrade, as in the reference server. */
    private static final long NOOP_EVERY_MILLIS = 100;

    private static final List<EnginePacket> NOOP = List.of(EnginePacket.NOOP);
    private static final List<EnginePacket> ANSWER = List.of(EnginePacket.probe(EnginePacket.Type.PONG));

    private final Outbox outbox;
    private final PartialMessages partial;
    /** The transport that probes; null if there is none. */
    private @Nullable Transport probe;

    private long timeoutMillis = Long.MAX_VALUE;
    /** When a waiting poll is released next; {@link Long#MAX_VALUE} until the probe was answered. */
    private long noopMillis = Long.MAX_VALUE;

    ServerUpgrade(Outbox outbox, PartialMessages partial) {
        this.outbox = outbox;
        this.partial = partial;
    }

    boolean isProbe(Transport transport) {
        return transport == probe;
    }

    /** The time from which on {@link #tick} has something to do. */
    long deadlineMillis() {
        return Math.min(timeoutMillis, noopMillis);
    }

    /** Starts a probe; false if there is one already. */
    boolean start(Transport candidate, long deadline) {
        if (probe != null) {
            return false;
        }
        probe = candidate;
        timeoutMillis = deadline;
        partial.probes(candidate);
        return true;
    }

    /** Answers the probe's PING; false for anything else, which must end the probe. */
    boolean answer(EnginePacket packet, long now) {
        boolean asks = packet.type() == EnginePacket.Type.PING && packet.isProbe();
        // A client that pings again and again without reading the answers must not pile them up here.
        if (!asks || probe == null || !probe.writable()) {
            return false;
        }
        probe.write(ANSWER);
        releasePoll(now);
        return true;
    }

    /** Releases a waiting poll when that is due; ends a probe that timed out. */
    void tick(long now) {
        if (now >= timeoutMillis) {
            abandon();
        } else if (now >= noopMillis) {
            releasePoll(now);
        }
    }

    /** The client waits for the end of its poll before it upgrades: a NOOP answers it. */
    private void releasePoll(long now) {
        noopMillis = now + NOOP_EVERY_MILLIS;
        if (outbox.transport().writable()) {
            outbox.transport().write(NOOP);
        }
    }

    /** Moves the session to the transport that probed. */
    void complete(Transport next, boolean reading) {
        partial.upgraded(next);
        forget();
        var previous = outbox.transport();
        outbox.moveTo(next);
        if (!reading) {
            next.reading(false);
        }
        previous.close();
    }

    /** Forgets the probe, without closing it. */
    void forget() {
        probe = null;
        partial.probeGone();
        timeoutMillis = Long.MAX_VALUE;
        noopMillis = Long.MAX_VALUE;
    }

    /** Ends the probe, over which no message can be lost; the session stays on its transport. */
    void abandon() {
        var failed = probe;
        forget();
        if (failed != null) {
            failed.closeOrCut();
            failed.hangUp();
        }
    }

    /** Ends the session's transport and the probe, also if the last packet cannot be written. */
    void endAll(List<EnginePacket> last) {
        try {
            outbox.writeLast(last);
        } finally {
            try {
                outbox.transport().closeOrCut();
            } finally {
                abandon();
            }
        }
    }
}
