package io.sockeye.engine.session;

import io.sockeye.engine.Transport;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;

/**
 * How much the transports of a session may take of one message or body, and what they hold of those that are not whole. Owned
 * by the session.
 */
final class Reception {
    /** More than a transport needs that has yet to show that it works. */
    private static final int PROBE_BYTES = 4096;

    /** Of a message on the transport that carries the session; how much it would take by itself if there is none. */
    private int limit = Integer.MAX_VALUE;

    private Held current = unheeded();
    private Held probe = unheeded();

    /** Until somebody wants to know. */
    private static Held unheeded() {
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

    /** A transport tries to take the session over. */
    void probes(Transport candidate) {
        candidate.limit(Math.min(PROBE_BYTES, limit));
    }

    /** It has done so. */
    void upgraded(Transport next) {
        next.limit(limit);
        current.set(probe.bytes());
        probe.set(0);
    }

    /** It does not try any more. */
    void probeGone() {
        probe.set(0);
    }

    /** The transport that carries the session, or the one that tries to, holds so much of what is not whole. */
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
