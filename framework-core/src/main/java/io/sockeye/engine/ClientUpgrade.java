package io.sockeye.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client's session moves to another transport: it asks there, rests polling once answered, and moves once polling
 * rests. One probe at a time. Owned by its session.
 */
final class ClientUpgrade {
    private static final List<EnginePacket> QUESTION = List.of(EnginePacket.probe(EnginePacket.Type.PING));

    private Step step = Step.NONE;
    /** The transport that is tried; null unless there is a probe. */
    private @Nullable Transport probe;
    /** The transport that rests; null unless there is a probe. */
    private @Nullable Pausable polling;

    private long deadlineMillis = Long.MAX_VALUE;

    /** Whether there is no probe. */
    boolean idle() {
        return probe == null;
    }

    /** The transport that is tried; null if none is. */
    @Nullable
    Transport probe() {
        return probe;
    }

    boolean isProbe(Transport transport) {
        return transport == probe;
    }

    /** Whether polling rests, or is about to: nothing may be sent. */
    boolean pausing() {
        return step == Step.PAUSING;
    }

    /** When the probe has taken too long; {@link Long#MAX_VALUE} without one. */
    long deadlineMillis() {
        return deadlineMillis;
    }

    void start(Transport candidate, Pausable current, long deadline) {
        probe = candidate;
        polling = current;
        deadlineMillis = deadline;
        step = Step.CONNECTING;
        ask();
    }

    /** Asks, once the probe takes it. */
    void ask() {
        if (step == Step.CONNECTING && probe != null && probe.writable()) {
            step = Step.ASKING;
            probe.write(QUESTION);
        }
    }

    /** Whether that was the answer to the question; anything else fails the probe. */
    boolean receive(EnginePacket packet) {
        boolean answer = packet.type() == EnginePacket.Type.PONG && packet.isProbe();
        if (!answer || step != Step.ASKING || polling == null) {
            return false;
        }
        step = Step.PAUSING;
        polling.pause();
        return true;
    }

    /** The transport to go on with once the other one rests, or null if that was not asked for. */
    @Nullable
    Transport complete(Transport paused) {
        if (!pausing() || paused != polling) {
            return null;
        }
        var next = probe;
        clear();
        return next;
    }

    /** Ends the probe; polling goes on. */
    void fail() {
        var resting = pausing() ? polling : null;
        abandon();
        if (resting != null) {
            resting.resume();
        }
    }

    /** Ends the probe with its session. */
    void abandon() {
        var failed = probe;
        clear();
        if (failed != null) {
            failed.close();
        }
    }

    private void clear() {
        step = Step.NONE;
        probe = null;
        polling = null;
        deadlineMillis = Long.MAX_VALUE;
    }

    private enum Step {
        NONE,
        CONNECTING,
        ASKING,
        PAUSING
    }
}
