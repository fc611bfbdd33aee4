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
 * The server's half of one Engine.IO session: heartbeat, upgrade, outbox, close. Not thread-safe, no clock: whoever owns
 * it passes the time in milliseconds and calls {@link #tick} when {@link #deadlineMillis} has come.
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
    private final Reception reception = new Reception();
    private final ServerUpgrade upgrade;
    private final SessionPings pings;

    private Phase phase = Phase.OPEN;
    private boolean reading = true;
    /** When the peer showed last that it is there. */
    private long heardMillis;
    /** When the end is due; meaningful while closing. */
    private long endMillis;
    /** Why the session closes; meaningful once it does. */
    private CloseReason reason = CloseReason.FORCED_CLOSE;
    /** Whether the transport was told to read; it is not while a body waits to be read further. */
    private boolean transportReads = true;

    /** Opens a session of the revision that the transport speaks: the handshake is written to it at once. */
    public ServerSession(String sid, EngineSettings settings, Transport transport, SessionListener listener, long now) {
        this.sid = sid;
        this.settings = settings;
        this.listener = listener;
        this.heardMillis = now;
        this.outbox = new Outbox(transport, settings.limits());
        outbox.limitAnswers();
        this.upgrade = new ServerUpgrade(outbox, reception);
        var heartbeat = Heartbeat.of(transport.framing(), settings, now);
        this.pings = new SessionPings(heartbeat, outbox, listener, this::isOpen);
        this.intake = new Intake(new ServerReceiver(this, listener, upgrade, pings), settings.limits());
        send(List.of(settings.handshake(sid, transport.kind()).toPacket()));
    }

    /** From now on what waits is charged to budgets: what the client has sent, and what it has yet to take. */
    public void chargeTo(Budget in, Budget out) {
        intake.chargeTo(in);
        reception.chargeTo(in);
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

    /** Whether the session neither ended nor is about to. */
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

    /** To which is charged what the client has yet to take; null if nobody counts it. */
    public @Nullable Budget outBudget() {
        return outbox.budget();
    }

    /** Bytes of the client's that wait until the session reads again. */
    public long unreadBytes() {
        return intake.bytes();
    }

    /** Bytes that transports hold of messages and bodies that are not whole. */
    public long partialBytes() {
        return reception.bytes();
    }

    /**
     * From now on a message or a body of the client's may have so many bytes, also on transports to come; how much they take
     * by themselves is not exceeded. A transport that has yet to show that it works takes less.
     */
    public void limitMessages(int maxBytes) {
        reception.limit(transport(), maxBytes);
    }

    /** A transport holds so many bytes of a message or a body that is not whole; 0 once it was handed on. */
    public void receiving(Transport from, long bytes) {
        boolean probe = upgrade.isProbe(from);
        if (probe || from == transport()) {
            reception.holds(probe, bytes);
        }
    }

    /** Whether the client has not fetched all messages; a ping is none. */
    public boolean owesMessages() {
        return outbox.holdsMessages();
    }

    /** Takes back packets that have not left yet: the very list that was sent. Whether they had not. */
    public boolean withdraw(List<EnginePacket> packets) {
        return outbox.withdraw(packets);
    }

    /**
     * Takes the peer's packets, as at first, or lets them wait on its side: back-pressure. Heartbeats wait among them, so
     * that none is late meanwhile.
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
        pings.excuse(now);
        intake.goOn(now);
        readOn();
    }

    private void readOn() {
        if (reading && !transportReads && !intake.isUnderWay() && phase != Phase.CLOSED) {
            transportReads = true;
            transport().reading(true);
        }
    }

    /** Whether the client's packets are taken at the moment. */
    public boolean isReading() {
        return reading;
    }

    /** A request of the peer arrived, whatever becomes of it. */
    public void heard(long now) {
        heardMillis = now;
    }

    /** When the peer was heard of last. */
    public long heardMillis() {
        return heardMillis;
    }

    /** A WebSocket frame arrived. */
    public void receiveFrame(Transport from, Bytes frame, boolean binary, long now) {
        heardMillis = now;
        intake.frame(from, frame, binary, now);
    }

    /**
     * The body of a POST arrived. If the session stops to read meanwhile, the rest waits until it reads again.
     *
     * @return whether all of it could be read, as far as it was
     */
    public boolean receivePayload(Transport from, Bytes payload, long now) {
        boolean understood = intake.payload(from, payload, now);
        readOn(); // It may have been told to stop and to go on by the same packet.
        return understood;
    }

    /** Lets a new transport try to take the session over; refused unless it was offered, or while another one tries. */
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
        pings.askIfWanted(reading);
        if (phase == Phase.CLOSING) {
            endWhenSent();
        }
    }

    /** The transport is gone, by the peer or by a fault. */
    public void transportClosed(Transport gone, CloseReason why) {
        if (upgrade.isProbe(gone)) {
            upgrade.forget();
        } else if (gone == transport()) {
            end(why, CLOSE);
        }
    }

    /** Sends what waits, says goodbye and ends the session. Further messages of the peer are ignored at once. */
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

    /** Ends the session now; what waits is lost. One that closes already keeps its reason. */
    public void abort(CloseReason why) {
        end(why, CLOSE);
    }

    private void endWhenSent() {
        if (outbox.mayEnd()) {
            end(reason, CLOSE);
        }
    }

    /** @param farewell what a transport that closes by a packet says in the end */
    void end(CloseReason why, List<EnginePacket> farewell) {
        if (phase == Phase.CLOSED) {
            return;
        }
        reason = phase == Phase.CLOSING ? reason : why;
        phase = Phase.CLOSED;
        try {
            upgrade.endAll(farewell);
        } finally { // Also if the peer cannot be told.
            try {
                listener.onClose(reason);
            } finally {
                intake.discard();
                reception.close();
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

    /** Does what is due: pings, releases a poll that holds up an upgrade, ends what took too long. */
    public void tick(long now) {
        upgrade.tick(now);
        if (now < dueMillis() || phase == Phase.CLOSED) {
            return;
        }
        if (phase == Phase.CLOSING || !pings.sendDue(reading, now)) {
            end(CloseReason.PING_TIMEOUT, CLOSE); // One that closes already keeps its reason.
        }
    }

    /**
     * Finds out, without waiting until a ping is due, whether all has arrived that was sent: {@link SessionListener#onPing} is
     * called as soon as nothing of it waits and no pong is owed, then {@link SessionListener#onPong}. Ignored in revision 3.
     */
    public void confirm() {
        pings.confirm(reading);
    }
}
