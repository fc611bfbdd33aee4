package io.sockeye.engine.session;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.EnginePacket;
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

    private final Outbox outbox;
    private final Reception reception;
    /** The transport that tries to take the session over; null without a probe. */
    private @Nullable Transport probe;

    private long timeoutMillis = Long.MAX_VALUE;
    /** When a waiting poll is answered next; never before the probe was answered. */
    private long noopMillis = Long.MAX_VALUE;

    ServerUpgrade(Outbox outbox, Reception reception) {
        this.outbox = outbox;
        this.reception = reception;
    }

    boolean isProbe(Transport transport) {
        return transport == probe;
    }

    /** The time from which on {@link #tick} has something to do. */
    long deadlineMillis() {
        return Math.min(timeoutMillis, noopMillis);
    }

    /** Lets a transport try, unless another one does; whether it may. */
    boolean start(Transport candidate, long deadline) {
        if (probe != null) {
            return false;
        }
        probe = candidate;
        timeoutMillis = deadline;
        reception.probes(candidate);
        return true;
    }

    /** Whether the probe asked as it should; anything else fails it. */
    boolean answer(EnginePacket packet, long now) {
        boolean asks = packet.type() == EnginePacket.Type.PING && packet.isProbe();
        // Who asks again and again without reading the answers must not pile them up here.
        if (!asks || probe == null || !probe.writable()) {
            return false;
        }
        probe.write(ANSWER);
        releasePoll(now);
        return true;
    }

    /** Releases a waiting poll when that is due, ends a probe that took too long. */
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

    /** Goes on over the transport that tries. */
    void complete(Transport next, boolean reading) {
        reception.upgraded(next);
        forget();
        var previous = outbox.transport();
        outbox.moveTo(next);
        if (!reading) {
            next.reading(false);
        }
        previous.close();
    }

    /** The probe is gone. */
    void forget() {
        probe = null;
        reception.probeGone();
        timeoutMillis = Long.MAX_VALUE;
        noopMillis = Long.MAX_VALUE;
    }

    /** Ends the probe, whose peer has nothing to lose there; the session stays where it is. */
    void abandon() {
        var failed = probe;
        forget();
        if (failed != null) {
            failed.closeOrCut();
            failed.hangUp();
        }
    }

    /** The session ends, and with it its transport and the one that tries, also if the peer cannot be told. */
    void endAll(List<EnginePacket> farewell) {
        try {
            outbox.sayGoodbye(farewell);
        } finally {
            try {
                outbox.transport().closeOrCut();
            } finally {
                abandon();
            }
        }
    }
}
