package io.sockeye.engine.session;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Handshake;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of one Engine.IO session: opening, heartbeat, upgrade, outbox, close. Not thread-safe, no clock:
 * the owner passes the time in milliseconds and calls {@link #tick} when {@link #deadlineMillis} has come.
 *
 * <pre>
 *             OPEN             probe(ws)            3probe             paused: 5
 *   opening ───────▶ polling ────────────▶ probing ────────▶ pausing ────────────▶ websocket
 *      │               │ ◀───────────────────┘ ◀────────────────┘ timeout, close,      │
 *      │               │                                          anything else        │
 *      │               └──────┬───────────────────┬────────────────────────────────────┘
 *      │                      ▼ close()           │ the peer or a fault
 *      │                   closing                │
 *      │ close(), any fault   ▼ all sent, timeout ▼
 *      └─────────────────▶ closed ◀───────────────┘
 * </pre>
 */
public final class ClientSession {
    private static final List<EnginePacket> PONG = List.of(EnginePacket.PONG);
    private static final List<EnginePacket> CLOSE = List.of(EnginePacket.CLOSE);

    private final ClientSettings settings;
    private final ClientListener listener;
    private final Intake intake;
    private final Outbox outbox;
    private final ClientUpgrade upgrade;
    private final ClientDeadlines deadlines;

    /** Null until the server has sent it. */
    private @Nullable Handshake handshake;

    private Phase phase = Phase.OPENING;
    /** Why the session closes: by default, because its owner closes it. */
    private CloseReason reason = CloseReason.FORCED_CLOSE;

    /** Begins a session on a transport that has asked the server for one. */
    public ClientSession(ClientSettings settings, Transport transport, ClientListener listener, long now) {
        this.settings = settings;
        this.listener = listener;
        this.intake = new Intake(new Receiver(), settings.limits());
        this.outbox = new Outbox(transport, settings.limits());
        this.upgrade = new ClientUpgrade(outbox, listener);
        this.deadlines = new ClientDeadlines(settings, now);
    }

    /** The server's handshake; null until the session is open. */
    public @Nullable Handshake handshake() {
        return handshake;
    }

    /** The transport that carries the session at present. */
    public Transport transport() {
        return outbox.transport();
    }

    /** Whether the session is open: after the handshake, and neither closing nor closed. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Whether a message sent now leaves at once. Volatile messages are dropped otherwise. */
    public boolean writable() {
        return phase == Phase.OPEN && !upgrade.pausing() && outbox.isClear();
    }

    /** Sends packets, or keeps them until the session is open and writable. Ignored once the session closes. */
    public void send(List<EnginePacket> packets) {
        if (phase == Phase.CLOSING || phase == Phase.CLOSED) {
            return;
        }
        outbox.add(packets);
        flush();
    }

    /** Bytes that are queued because the transport does not take them, see {@link EnginePacket#heldBytes}. */
    public long waitingBytes() {
        return outbox.bytes();
    }

    /**
     * The bytes of the first of these packets that exceeds the {@code maxPayload} of the server's handshake; 0 if none
     * does, or if the handshake has no limit.
     */
    public long tooLong(List<EnginePacket> packets) {
        return outbox.tooLong(packets);
    }

    /** Removes packets from the queue; false if they are not there any more. The list must be the one that was sent. */
    public boolean withdraw(List<EnginePacket> packets) {
        return outbox.withdraw(packets);
    }

    /** A WebSocket frame arrived. */
    public void receiveFrame(Transport from, Bytes frame, boolean binary, long now) {
        intake.frame(from, frame, binary, now);
    }

    /** The answer to a poll arrived. */
    public void receivePayload(Transport from, Bytes payload, long now) {
        intake.payload(from, payload, now);
    }

    private void open(Handshake offered, long now) {
        handshake = offered;
        outbox.limitBodies(offered.maxPayload());
        phase = Phase.OPEN;
        deadlines.opened(offered, now);
        listener.onDeadline(deadlineMillis());
        listener.onOpen(offered);
        flush();
    }

    /**
     * Sends the pong ahead of the queue, and also while closing: without it the server would time out before it has the
     * queue.
     */
    private void answerPing(long now) {
        if (phase == Phase.OPEN) {
            deadlines.pinged(now);
        }
        outbox.addFirst(PONG);
        flush();
    }

    /**
     * Starts or stops reading what the server sends; while it is not read, it waits on the server's side. The server's
     * pings wait, too: their deadline is suspended, but the server may consider the session dead after its own timeout.
     */
    public void reading(boolean wanted, long now) {
        if (wanted == isReading() || phase != Phase.OPEN) {
            return;
        }
        deadlines.reading(wanted, now);
        transport().reading(wanted);
        listener.onDeadline(deadlineMillis());
    }

    /** Whether what the server sends is read at present. */
    public boolean isReading() {
        return deadlines.isReading();
    }

    /** Starts an upgrade to a new transport; closes that unless the server offered it and the present one can pause. */
    public void probe(Transport candidate, long now) {
        boolean offered = phase == Phase.OPEN && handshake != null && handshake.offers(candidate.kind());
        if (offered && upgrade.start(candidate, now + settings.upgradeTimeoutMillis())) {
            listener.onDeadline(deadlineMillis());
        } else {
            candidate.close();
        }
    }

    /** The transport has paused: completes the upgrade and sends the queue over the new one. */
    public void transportPaused(Transport paused) {
        if (upgrade.complete(paused, isReading())) {
            flush();
        }
    }

    /** The transport became writable: a POST was answered, or the connection takes bytes, at first or again. */
    public void transportReady(Transport ready) {
        if (upgrade.isProbe(ready)) {
            upgrade.sendPing();
        } else if (ready == transport()) {
            flush();
        }
    }

    /** Sends what can be sent; ends a closing session once everything is sent. */
    private void flush() {
        boolean sends = (phase == Phase.OPEN || phase == Phase.CLOSING) && !upgrade.pausing();
        if (sends) {
            outbox.drain();
        }
        if (outbox.overflows()) {
            abort(CloseReason.OUTBOX_OVERFLOW);
        } else if (sends && phase == Phase.CLOSING && transport().flushed() && outbox.mayEnd()) {
            outbox.writeLast(CLOSE);
            end(reason);
        }
    }

    /** The transport has ended, closed by the peer or by a failure. */
    public void transportClosed(Transport gone, CloseReason why) {
        if (upgrade.isProbe(gone)) {
            dropProbe();
        } else if (gone == transport()) {
            end(why);
        }
    }

    /** Sends the queue and CLOSE, then ends the session. Further messages of the peer are ignored from now on. */
    public void close(long now) {
        if (phase == Phase.OPENING) {
            end(CloseReason.FORCED_CLOSE);
        }
        if (phase != Phase.OPEN) {
            return;
        }
        reading(true, now); // A transport that does not read cannot notice its end.
        phase = Phase.CLOSING;
        deadlines.closing(now);
        listener.onDeadline(deadlineMillis());
        if (!upgrade.pausing()) {
            dropProbe();
        }
        flush();
    }

    /** Ends the session now; the queue is lost. A closing session keeps its reason. */
    public void abort(CloseReason why) {
        if (phase == Phase.OPEN && !upgrade.pausing()) {
            outbox.writeLast(CLOSE);
        }
        end(why);
    }

    private void end(CloseReason why) {
        if (phase == Phase.CLOSED) {
            return;
        }
        reason = phase == Phase.CLOSING ? reason : why;
        phase = Phase.CLOSED;
        transport().close();
        upgrade.abandon();
        listener.onClose(reason);
    }

    private void dropProbe() {
        upgrade.fail(phase == Phase.OPEN);
        flush();
    }

    /** The time from which on {@link #tick} has something to do; {@link Long#MAX_VALUE} once closed. */
    public long deadlineMillis() {
        return phase == Phase.CLOSED ? Long.MAX_VALUE : Math.min(deadlines.dueMillis(), upgrade.deadlineMillis());
    }

    /** Ends what timed out: a session without handshake or ping, the probe, a closing session. */
    public void tick(long now) {
        if (now >= upgrade.deadlineMillis()) {
            dropProbe();
        }
        if (now >= deadlines.dueMillis()) {
            abort(phase == Phase.OPENING ? CloseReason.TRANSPORT_ERROR : CloseReason.PING_TIMEOUT);
        }
    }

    private final class Receiver implements Intake.Receiver {
        @Override
        public boolean accepts(Transport from) {
            return phase != Phase.CLOSED && (from == transport() || upgrade.isProbe(from));
        }

        @Override
        public boolean reads() {
            return true; // An answer is read whole; it is the next poll that waits.
        }

        @Override
        public void receive(Transport from, EnginePacket packet, long now) {
            if (upgrade.isProbe(from)) {
                upgrade.receive(packet);
            } else if (phase == Phase.OPENING) {
                open(Handshake.of(packet), now);
            } else {
                receiveOnTransport(packet, now);
            }
        }

        private void receiveOnTransport(EnginePacket packet, long now) {
            switch (packet.type()) {
                case MESSAGE -> {
                    if (phase == Phase.OPEN) {
                        listener.onMessage(packet);
                    }
                }
                case PING -> answerPing(now);
                case CLOSE -> end(CloseReason.TRANSPORT_CLOSE);
                case OPEN -> throw new ProtocolException("second handshake");
                case PONG, UPGRADE, NOOP -> {
                    // The reference client ignores them.
                }
            }
        }

        @Override
        public void reject(Transport from, ProtocolException fault) {
            listener.onProtocolError(fault);
            if (upgrade.isProbe(from)) {
                dropProbe();
            } else {
                abort(fault.reason());
            }
        }
    }
}
