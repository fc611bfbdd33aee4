package io.sockeye.engine.session;

import io.sockeye.engine.Transport;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;

/**
 * The limit for one message or body on the transports of a session, and the bytes that they hold of incomplete ones.
 * Owned by the session.
 */
final class PartialMessages {
    /** More than a transport needs while it probes. */
    private static final int PROBE_BYTES = 4096;

    /** The bytes of a message on the session's transport; MAX_VALUE leaves the transport's own limit. */
    private int limit = Integer.MAX_VALUE;

    private Held current = uncharged();
    private Held probe = uncharged();

    /** A counter with a budget that is never read, until {@link #chargeTo}. */
    private static Held uncharged() {
        return new Held(new Budget(Long.MAX_VALUE));
    }

    void chargeTo(Budget budget) {
        current = new Held(budget);
        probe = new Held(budget);
    }

    void limit(Transport transport, int maxBytes) {
        limit = maxBytes;
        transport.limit(maxBytes);
    }

    /** A transport begins to probe. */
    void probes(Transport candidate) {
        candidate.limit(Math.min(PROBE_BYTES, limit));
    }

    /** The session moves to the transport that probed. */
    void upgraded(Transport next) {
        next.limit(limit);
        current.set(probe.bytes());
        probe.set(0);
    }

    /** The probe has ended. */
    void probeGone() {
        probe.set(0);
    }

    /** The session's transport, or the probe, holds so many bytes of incomplete messages or bodies. */
    void holds(boolean byProbe, long bytes) {
        (byProbe ? probe : current).set(bytes);
    }

    long bytes() {
        return current.bytes() + probe.bytes();
    }

    /** The session has ended. */
    void close() {
        current.close();
        probe.close();
    }
}
