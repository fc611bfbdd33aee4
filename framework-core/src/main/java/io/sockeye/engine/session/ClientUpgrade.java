package io.sockeye.engine.session;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's upgrade to another transport: sends the probe's PING, pauses the present transport on the PONG, and moves
 * the session once that has paused. One probe at a time. Owned by its session.
 */
final class ClientUpgrade {
    private static final List<EnginePacket> PING = List.of(EnginePacket.probe(EnginePacket.Type.PING));
    private static final List<EnginePacket> UPGRADE = List.of(EnginePacket.UPGRADE);

    private final Outbox outbox;
    private final ClientListener listener;
    private Step step = Step.NONE;
    /** The transport that is tried; null unless there is a probe. */
    private @Nullable Transport probe;
    /** The session's transport, which is to pause; null unless there is a probe. */
    private @Nullable Pausable present;

    private long deadlineMillis = Long.MAX_VALUE;

    ClientUpgrade(Outbox outbox, ClientListener listener) {
        this.outbox = outbox;
        this.listener = listener;
    }

    boolean isProbe(Transport transport) {
        return transport == probe;
    }

    /** Whether the present transport is paused or about to be: nothing may be sent. */
    boolean pausing() {
        return step == Step.PAUSING;
    }

    /** When the probe has taken too long; {@link Long#MAX_VALUE} without one. */
    long deadlineMillis() {
        return deadlineMillis;
    }

    /** Starts a probe; false if there is one already, or if the present transport cannot pause. */
    boolean start(Transport candidate, long deadline) {
        if (probe != null || !(outbox.transport() instanceof Pausable transport)) {
            return false;
        }
        probe = candidate;
        present = transport;
        deadlineMillis = deadline;
        step = Step.CONNECTING;
        sendPing();
        return true;
    }

    /** Sends the probe's PING once the probe is writable. */
    void sendPing() {
        if (step == Step.CONNECTING && probe != null && probe.writable()) {
            step = Step.PINGED;
            probe.write(PING);
        }
    }

    /**
     * A packet arrived over the probe: PONG pauses the present transport.
     *
     * @throws ProtocolException if it is any other packet, or if no PING was sent
     */
    void receive(EnginePacket packet) {
        boolean answer = packet.type() == EnginePacket.Type.PONG && packet.isProbe();
        if (!answer || step != Step.PINGED || present == null) {
            throw new ProtocolException("unexpected on a probe: " + packet.type());
        }
        step = Step.PAUSING;
        present.pause();
    }

    /** Moves the session to the new transport; false if no upgrade waited for this one to pause. */
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

    /** Ends the probe; the session stays on its transport. */
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
        PINGED,
        PAUSING
    }
}
