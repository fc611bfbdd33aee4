package io.sockeye.engine.session;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Transport;
import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's half of one Engine.IO session: heartbeat, upgrade, outbox, close. Not thread-safe, no clock: the owner
 * passes the time in milliseconds and calls {@link #tick} when {@link #deadlineMillis} has come.
 *
 * <pre>
 *            probe(ws)                     5
 *   polling ───────────▶ polling, probing ───▶ websocket
 *      │  ◀───────────────┘ timeout, close,        │
 *      │                    anything else          │
 *      └────────────┬─────────────┬────────────────┘
 *                   │ close()     │ the peer or a fault
 *                   ▼             ▼
 *                closing ─────▶ closed
 *                  what waits was sent, or closeTimeout
 * </pre>
 */
public final class ServerSession {
    static final List<EnginePacket> CLOSE = List.of(EnginePacket.CLOSE);

    private final String sid;
    private final EngineSettings settings;
    private final SessionListener listener;
    private final Intake intake;
    private final Outbox outbox;
    private final PartialMessages partial = new PartialMessages();
    private final ServerUpgrade upgrade;
    private final SessionPings pings;

    private Phase phase = Phase.OPEN;
    private boolean reading = true;
    /** When something of the peer's arrived last. */
    private long heardMillis;
    /** When the end is due; meaningful while closing. */
    private long endMillis;
    /** Why the session closes; meaningful once it does. */
    private CloseReason reason = CloseReason.FORCED_CLOSE;
    /** Whether the transport reads; it does not while the rest of a body waits to be read. */
    private boolean transportReads = true;

    /** Opens a session of the revision that the transport speaks: the handshake is written to it at once. */
    public ServerSession(String sid, EngineSettings settings, Transport transport, SessionListener listener, long now) {
        this.sid = sid;
        this.settings = settings;
        this.listener = listener;
        this.heardMillis = now;
        this.outbox = new Outbox(transport, settings.limits());
        outbox.limitAnswers();
        this.upgrade = new ServerUpgrade(outbox, partial);
        var heartbeat = Heartbeat.of(transport.framing(), settings, now);
        this.pings = new SessionPings(heartbeat, outbox, listener, this::isOpen);
        this.intake = new Intake(new ServerReceiver(this, listener, upgrade, pings), settings.limits());
        send(List.of(settings.handshake(sid, transport.kind()).toPacket()));
    }

    /** Charges from now on what the client has sent to {@code in}, and what it has yet to take to {@code out}. */
    public void chargeTo(Budget in, Budget out) {
        intake.chargeTo(in);
        partial.chargeTo(in);
        outbox.chargeTo(out);
    }

    public String sid() {
        return sid;
    }

    /** The transport that carries the session at present. */
    public Transport transport() {
        return outbox.transport();
    }

    /** Whether a message sent now leaves at once. Volatile messages are dropped otherwise. */
    public boolean writable() {
        return phase == Phase.OPEN && outbox.isClear();
    }

    /** Whether the session is neither closing nor closed. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** Sends packets, or keeps them until the transport is writable. Ignored once the session closes. */
    public void send(List<EnginePacket> packets) {
        if (phase != Phase.OPEN) {
            return;
        }
        if (!outbox.send(packets)) {
            return;
        }
        if (outbox.overflows()) {
            end(CloseReason.OUTBOX_OVERFLOW, CLOSE);
        } else if (outbox.isBudgetFull()) {
            listener.onBudgetFull();
        }
    }

    /** Bytes that wait until the client takes them. */
    public long waitingBytes() {
        return outbox.bytes() + transport().unsentBytes();
    }

    /** The budget to which is charged what the client has yet to take; null if there is none. */
    public @Nullable Budget outBudget() {
        return outbox.budget();
    }

    /** Bytes of the client's bodies that wait until the session reads again. */
    public long unreadBytes() {
        return intake.bytes();
    }

    /** Bytes that transports hold of incomplete messages and bodies. */
    public long partialBytes() {
        return partial.bytes();
    }

    /**
     * Limits the client's messages and bodies from now on, also on transports that follow; a lower limit of a transport
     * itself still applies. A transport that probes takes less.
     */
    public void limitMessages(int maxBytes) {
        partial.limit(transport(), maxBytes);
    }

    /** A transport holds so many bytes of an incomplete message or body; 0 once that was passed on. */
    public void receiving(Transport from, long bytes) {
        boolean probe = upgrade.isProbe(from);
        if (probe || from == transport()) {
            partial.holds(probe, bytes);
        }
    }

    /** Whether messages wait for the client; pings do not count. */
    public boolean owesMessages() {
        return outbox.holdsMessages();
    }

    /** Removes packets from the queue; false if they are not there any more. The list must be the one that was sent. */
    public boolean withdraw(List<EnginePacket> packets) {
        return outbox.withdraw(packets);
    }

    /**
     * Starts or stops reading the peer's packets; a new session reads. While it does not, they wait on the peer's side
     * (back-pressure). Heartbeats wait among them, so that none is late meanwhile.
     */
    public void reading(boolean wanted, long now) {
        if (wanted == reading || phase == Phase.CLOSED) {
            return;
        }
        reading = wanted;
        if (!wanted) {
            transportReads = false;
            transport().reading(false);
            return;
        }
        pings.extend(now);
        intake.resume(now);
        readOn();
    }

    private void readOn() {
        if (reading && !transportReads && !intake.isUnderWay() && phase != Phase.CLOSED) {
            transportReads = true;
            transport().reading(true);
        }
    }

    /** Whether the client's packets are read at present. */
    public boolean isReading() {
        return reading;
    }

    /** A request of the peer arrived, whether or not it is accepted. */
    public void heard(long now) {
        heardMillis = now;
    }

    /** When something of the peer's arrived last. */
    public long heardMillis() {
        return heardMillis;
    }

    /** A WebSocket frame arrived. */
    public void receiveFrame(Transport from, Bytes frame, boolean binary, long now) {
        heardMillis = now;
        intake.frame(from, frame, binary, now);
    }

    /**
     * The body of a POST arrived. If the session stops reading meanwhile, the rest waits until it reads again.
     *
     * @return false if a malformed packet was read
     */
    public boolean receivePayload(Transport from, Bytes payload, long now) {
        boolean understood = intake.payload(from, payload, now);
        readOn(); // The handler of a packet may have stopped and resumed reading.
        return understood;
    }

    /** Starts an upgrade to a new transport; closes that unless it was offered, or while another one probes. */
    public void probe(Transport candidate, long now) {
        boolean offered = settings.upgrades().from(transport().kind()).contains(candidate.kind());
        if (phase != Phase.CLOSED && offered && upgrade.start(candidate, now + settings.upgradeTimeoutMillis())) {
            listener.onDeadline(deadlineMillis());
        } else {
            candidate.close();
            candidate.hangUp();
        }
    }

    /** The transport became writable: a poll arrived, or the connection takes bytes again. */
    public void transportReady(Transport ready) {
        if (ready != transport() || phase == Phase.CLOSED) {
            return;
        }
        pings.polled();
        outbox.drain();
        pings.pingIfWanted(reading);
        if (phase == Phase.CLOSING) {
            endWhenSent();
        }
    }

    /** The transport has ended, closed by the peer or by a failure. */
    public void transportClosed(Transport gone, CloseReason why) {
        if (upgrade.isProbe(gone)) {
            upgrade.forget();
        } else if (gone == transport()) {
            end(why, CLOSE);
        }
    }

    /** Sends the queue and CLOSE, then ends the session. Further messages of the peer are ignored from now on. */
    public void close(CloseReason why, long now) {
        if (phase != Phase.OPEN) {
            return;
        }
        phase = Phase.CLOSING;
        reason = why;
        endMillis = now + settings.closeTimeoutMillis();
        listener.onDeadline(deadlineMillis());
        endWhenSent();
    }

    /** Ends the session now; the queue is lost. A closing session keeps its reason. */
    public void abort(CloseReason why) {
        end(why, CLOSE);
    }

    private void endWhenSent() {
        if (outbox.mayEnd()) {
            end(reason, CLOSE);
        }
    }

    /** @param last the packet that is sent by a transport that closes by one */
    void end(CloseReason why, List<EnginePacket> last) {
        if (phase == Phase.CLOSED) {
            return;
        }
        reason = phase == Phase.CLOSING ? reason : why;
        phase = Phase.CLOSED;
        try {
            upgrade.endAll(last);
        } finally { // Also if the last packet cannot be written.
            try {
                listener.onClose(reason);
            } finally {
                intake.discard();
                partial.close();
                outbox.discard();
            }
        }
    }

    /** The time from which on {@link #tick} has something to do; {@link Long#MAX_VALUE} once closed. */
    public long deadlineMillis() {
        return phase == Phase.CLOSED ? Long.MAX_VALUE : Math.min(dueMillis(), upgrade.deadlineMillis());
    }

    private long dueMillis() {
        return phase == Phase.OPEN ? pings.dueMillis() : endMillis;
    }

    /** Does what is due: pings, releases a poll that holds up an upgrade, ends what timed out. */
    public void tick(long now) {
        upgrade.tick(now);
        if (now < dueMillis() || phase == Phase.CLOSED) {
            return;
        }
        if (phase == Phase.CLOSING || !pings.sendDue(reading, now)) {
            end(CloseReason.PING_TIMEOUT, CLOSE); // A closing session keeps its reason.
        }
    }

    /**
     * Checks now, before a ping is due, whether all that was sent has arrived: {@link SessionListener#onPing} is called
     * as soon as the queue is empty and no pong is awaited, then {@link SessionListener#onPong} when it has arrived.
     * Ignored in revision 3.
     */
    public void confirm() {
        pings.confirm(reading);
    }
}
