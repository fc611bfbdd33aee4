package io.sockeye.engine.session;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client's session moves to another transport: it asks there, lets the present one rest once answered, and moves
 * once that rests. One probe at a time. Owned by its session.
 */
final class ClientUpgrade {
    private static final List<EnginePacket> QUESTION = List.of(EnginePacket.probe(EnginePacket.Type.PING));
    private static final List<EnginePacket> UPGRADE = List.of(EnginePacket.UPGRADE);

    private final Outbox outbox;
    private final ClientListener listener;
    private Step step = Step.NONE;
    /** The transport that is tried; null unless there is a probe. */
    private @Nullable Transport probe;
    /** The session's transport, which is to rest; null unless there is a probe. */
    private @Nullable Pausable present;

    private long deadlineMillis = Long.MAX_VALUE;

    ClientUpgrade(Outbox outbox, ClientListener listener) {
        this.outbox = outbox;
        this.listener = listener;
    }

    boolean isProbe(Transport transport) {
        return transport == probe;
    }

    /** Whether the present transport rests, or is about to: nothing may be sent. */
    boolean pausing() {
        return step == Step.PAUSING;
    }

    /** When the probe has taken too long; {@link Long#MAX_VALUE} without one. */
    long deadlineMillis() {
        return deadlineMillis;
    }

    /** Tries a transport, if the present one can rest and no other one is tried; whether it does. */
    boolean start(Transport candidate, long deadline) {
        if (probe != null || !(outbox.transport() instanceof Pausable transport)) {
            return false;
        }
        probe = candidate;
        present = transport;
        deadlineMillis = deadline;
        step = Step.CONNECTING;
        ask();
        return true;
    }

    /** Asks, once the probe takes it. */
    void ask() {
        if (step == Step.CONNECTING && probe != null && probe.writable()) {
            step = Step.ASKING;
            probe.write(QUESTION);
        }
    }

    /**
     * The answer to the question has come.
     *
     * @throws ProtocolException if it is anything else, or if nothing was asked
     */
    void receive(EnginePacket packet) {
        boolean answer = packet.type() == EnginePacket.Type.PONG && packet.isProbe();
        if (!answer || step != Step.ASKING || present == null) {
            throw new ProtocolException("unexpected on a probe: " + packet.type());
        }
        step = Step.PAUSING;
        present.pause();
    }

    /** Goes on over the new transport once the other one rests; whether that was asked for. */
    boolean complete(Transport paused, boolean reading) {
        var next = probe;
        if (next == null || !pausing() || paused != present) {
            return false;
        }
        clear();
        outbox.moveTo(next);
        if (!reading) {
            next.reading(false);
        }
        outbox.addFirst(UPGRADE);
        paused.close();
        listener.onUpgrade(next);
        return true;
    }

    /** Ends the probe; the session stays where it is. */
    void fail(boolean tell) {
        var tried = probe;
        var resting = pausing() ? present : null;
        abandon();
        if (resting != null) {
            resting.resume();
        }
        if (tried != null && tell) {
            listener.onUpgradeFailed(tried);
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
        present = null;
        deadlineMillis = Long.MAX_VALUE;
    }

    private enum Step {
        NONE,
        CONNECTING,
        ASKING,
        PAUSING
    }
}
