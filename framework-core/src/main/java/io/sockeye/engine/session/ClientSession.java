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
 * whoever owns it passes the time in milliseconds and calls {@link #tick} when {@link #deadlineMillis} has come.
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
    private final ClientPatience patience;

    /** Null until the server has sent it. */
    private @Nullable Handshake handshake;

    private Phase phase = Phase.OPENING;
    /** Why the session closes: unless told otherwise, because its owner wants it. */
    private CloseReason reason = CloseReason.FORCED_CLOSE;

    /** Begins a session on a transport that has asked the server for one. */
    public ClientSession(ClientSettings settings, Transport transport, ClientListener listener, long now) {
        this.settings = settings;
        this.listener = listener;
        this.intake = new Intake(new Receiver(), settings.limits());
        this.outbox = new Outbox(transport, settings.limits());
        this.upgrade = new ClientUpgrade(outbox, listener);
        this.patience = new ClientPatience(settings, now);
    }

    /** What the server told when the session opened; null before. */
    public @Nullable Handshake handshake() {
        return handshake;
    }

    /** The transport that carries the session at present. */
    public Transport transport() {
        return outbox.transport();
    }

    /** Whether the session was opened, and neither ended nor is about to. */
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

    /** Bytes that wait because the transport does not take them, see {@link EnginePacket#heldBytes}. */
    public long waitingBytes() {
        return outbox.bytes();
    }

    /**
     * How many bytes the first of these packets has that the server does not take in one message, as it said in the
     * handshake; 0 if it takes them all, or has not said.
     */
    public long tooLong(List<EnginePacket> packets) {
        return outbox.tooLong(packets);
    }

    /** Takes packets back that were sent, the very same list, if they still wait; whether they did. */
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
        patience.opened(offered, now);
        listener.onDeadline(deadlineMillis());
        listener.onOpen(offered);
        flush();
    }

    /** Ahead of what waits, and also while closing: without it the server gives up before it got what was sent. */
    private void answerPing(long now) {
        if (phase == Phase.OPEN) {
            patience.pinged(now);
        }
        outbox.addFirst(PONG);
        flush();
    }

    /**
     * Whether what the server sends is read on: if not, it has to wait. The server's pings wait, too: none is late
     * meanwhile, but the server may take the session for dead after a while.
     */
    public void reading(boolean wanted, long now) {
        if (wanted == isReading() || phase != Phase.OPEN) {
            return;
        }
        patience.reading(wanted, now);
        transport().reading(wanted);
        listener.onDeadline(deadlineMillis());
    }

    /** Whether what the server sends is read. */
    public boolean isReading() {
        return patience.isReading();
    }

    /** Lets a new transport try to take the session over; refused unless the server offers it, and the present one can rest. */
    public void probe(Transport candidate, long now) {
        boolean offered = phase == Phase.OPEN && handshake != null && handshake.offers(candidate.kind());
        if (offered && upgrade.start(candidate, now + settings.upgradeTimeoutMillis())) {
            listener.onDeadline(deadlineMillis());
        } else {
            candidate.close();
        }
    }

    /** The transport rests: what waited meanwhile follows on the new one. */
    public void transportPaused(Transport paused) {
        if (upgrade.complete(paused, isReading())) {
            flush();
        }
    }

    /** The transport became writable: a POST was answered, or the connection takes bytes, at first or again. */
    public void transportReady(Transport ready) {
        if (upgrade.isProbe(ready)) {
            upgrade.ask();
        } else if (ready == transport()) {
            flush();
        }
    }

    /** Sends what may leave, and ends a session that closes once all has. */
    private void flush() {
        boolean sends = (phase == Phase.OPEN || phase == Phase.CLOSING) && !upgrade.pausing();
        if (sends) {
            outbox.drain();
        }
        if (outbox.overflows()) {
            abort(CloseReason.OUTBOX_OVERFLOW);
        } else if (sends && phase == Phase.CLOSING && transport().flushed() && outbox.mayEnd()) {
            outbox.sayGoodbye(CLOSE);
            end(reason);
        }
    }

    /** The transport is gone, by the peer or by a fault. */
    public void transportClosed(Transport gone, CloseReason why) {
        if (upgrade.isProbe(gone)) {
            dropProbe();
        } else if (gone == transport()) {
            end(why);
        }
    }

    /** Sends what waits, says goodbye and ends the session. Further messages of the peer are ignored at once. */
    public void close(long now) {
        if (phase == Phase.OPENING) {
            end(CloseReason.FORCED_CLOSE);
        }
        if (phase != Phase.OPEN) {
            return;
        }
        reading(true, now); // The end of the transport is to be heard of.
        phase = Phase.CLOSING;
        patience.closing(now);
        listener.onDeadline(deadlineMillis());
        if (!upgrade.pausing()) {
            dropProbe();
        }
        flush();
    }

    /** Ends the session now; what waits is lost. One that closes already keeps its reason. */
    public void abort(CloseReason why) {
        if (phase == Phase.OPEN && !upgrade.pausing()) {
            outbox.sayGoodbye(CLOSE);
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
        return phase == Phase.CLOSED ? Long.MAX_VALUE : Math.min(patience.dueMillis(), upgrade.deadlineMillis());
    }

    /** Ends what took too long: the session without handshake or ping, the probe, the farewell. */
    public void tick(long now) {
        if (now >= upgrade.deadlineMillis()) {
            dropProbe();
        }
        if (now >= patience.dueMillis()) {
            abort(phase == Phase.OPENING ? CloseReason.TRANSPORT_ERROR : CloseReason.PING_TIMEOUT);
        }
    }

    private final class Receiver implements Intake.Receiver {
        @Override
        public boolean listensTo(Transport from) {
            return phase != Phase.CLOSED && (from == transport() || upgrade.isProbe(from));
        }

        @Override
        public boolean reads() {
            return true; // All of an answer is taken: the next poll waits.
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
