package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import java.util.List;

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
    private static final List<EnginePacket> NOOP = List.of(EnginePacket.NOOP);
    private static final List<EnginePacket> CLOSE = List.of(EnginePacket.CLOSE);

    private final String sid;
    private final EngineSettings settings;
    private final SessionListener listener;
    private final Outbox outbox = new Outbox();
    private final ServerUpgrade upgrade = new ServerUpgrade();
    private final Heartbeat heartbeat;

    private Transport transport;
    private Phase phase = Phase.OPEN;
    private boolean reading = true;
    /** When the end is due; meaningful while closing. */
    private long endMillis;
    /** Why the session closes; meaningful once it does. */
    private CloseReason reason = CloseReason.FORCED_CLOSE;

    /**
     * Opens a session of the revision that the transport speaks: the handshake is written to it at once.
     *
     * @param upgrades whether the client may upgrade this session
     */
    public ServerSession(
            String sid,
            EngineSettings settings,
            boolean upgrades,
            Transport transport,
            SessionListener listener,
            long now) {
        this.sid = sid;
        this.settings = settings;
        this.transport = transport;
        this.listener = listener;
        this.heartbeat = Heartbeat.of(transport.framing(), settings, now);
        var handshake = settings.handshake(sid, upgrades && transport.kind() == TransportKind.POLLING);
        send(List.of(handshake.toPacket()));
    }

    public String sid() {
        return sid;
    }

    /** The transport that carries the session at present. */
    public Transport transport() {
        return transport;
    }

    /** Whether a message sent now leaves at once. Volatile messages are dropped otherwise. */
    public boolean writable() {
        return phase == Phase.OPEN && outbox.isEmpty() && transport.writable();
    }

    /** Whether the session neither ended nor is about to. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Sends packets, or keeps them until the transport is writable. Ignored once the session closes. */
    public void send(List<EnginePacket> packets) {
        if (phase != Phase.OPEN) {
            return;
        }
        if (outbox.isEmpty() && transport.writable()) {
            transport.write(packets);
            return;
        }
        outbox.add(packets);
        if (outbox.bytes() > settings.limits().outboxBytes()) {
            end(CloseReason.OUTBOX_OVERFLOW, CLOSE);
        }
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
        transport.reading(wanted);
        if (wanted) {
            heartbeat.excuse(now);
        }
    }

    /** A WebSocket frame arrived. */
    public void receiveFrame(Transport from, Bytes frame, boolean binary, long now) {
        if (!listensTo(from)) {
            return;
        }
        try {
            receive(from, from.framing().decode(frame, binary), now);
        } catch (ProtocolException e) {
            reject(from, e);
        }
    }

    /**
     * The body of a POST arrived.
     *
     * @return whether all of it could be read
     */
    public boolean receivePayload(Transport from, Bytes payload, long now) {
        var reader = from.framing().read(payload, settings.limits().packetsPerPayload());
        try {
            while (listensTo(from)) {
                var packet = reader.next();
                if (packet == null) {
                    break;
                }
                receive(from, packet, now);
            }
            return true;
        } catch (ProtocolException e) {
            reject(from, e);
            return false;
        }
    }

    private boolean listensTo(Transport from) {
        return phase != Phase.CLOSED && (from == transport || upgrade.isProbe(from));
    }

    /** The one place where a peer's fault ends its session, or only its probe. */
    private void reject(Transport from, ProtocolException e) {
        if (!listensTo(from)) {
            return;
        }
        listener.onProtocolError(e);
        if (upgrade.isProbe(from)) {
            upgrade.abandon();
        } else {
            end(e.reason(), CLOSE);
        }
    }

    private void receive(Transport from, EnginePacket packet, long now) {
        if (upgrade.isProbe(from)) {
            receiveOnProbe(from, packet, now);
        } else if (packet.type() == EnginePacket.Type.CLOSE) {
            end(CloseReason.TRANSPORT_CLOSE, NOOP);
        } else if (phase == Phase.OPEN) {
            receiveWhileOpen(packet, now);
        }
    }

    private void receiveWhileOpen(EnginePacket packet, long now) {
        switch (packet.type()) {
            case MESSAGE -> listener.onMessage(packet);
            case PING, PONG -> receiveHeartbeat(packet.type(), now);
            case OPEN, CLOSE, UPGRADE, NOOP -> {
                // The reference server ignores them.
            }
        }
    }

    private void receiveHeartbeat(EnginePacket.Type type, long now) {
        boolean awaited = heartbeat.awaitsPong();
        var answer = heartbeat.receive(type, now);
        if (awaited && !heartbeat.awaitsPong()) {
            listener.onPong();
        }
        listener.onDeadline(deadlineMillis());
        if (answer != null) {
            send(answer);
        }
    }

    /** Lets a new transport try to take the session over; refused while another one tries or after an upgrade. */
    public void probe(Transport candidate, long now) {
        if (phase == Phase.CLOSED || !upgrade.idle() || transport.kind() != TransportKind.POLLING) {
            candidate.close();
            return;
        }
        upgrade.start(candidate, now + settings.upgradeTimeoutMillis());
        listener.onDeadline(deadlineMillis());
    }

    private void receiveOnProbe(Transport from, EnginePacket packet, long now) {
        if (packet.type() == EnginePacket.Type.UPGRADE) {
            upgradeTo(from);
        } else if (upgrade.answer(packet, transport, now)) {
            listener.onDeadline(deadlineMillis());
        } else {
            upgrade.abandon();
        }
    }

    private void upgradeTo(Transport next) {
        var previous = transport;
        upgrade.forget();
        transport = next;
        if (!reading) {
            next.reading(false);
        }
        previous.close();
        listener.onUpgrade(next);
        transportReady(next);
    }

    /** The transport became writable: a poll arrived, or the connection takes bytes again. */
    public void transportReady(Transport ready) {
        if (ready != transport || phase == Phase.CLOSED) {
            return;
        }
        outbox.drainTo(transport);
        if (phase == Phase.CLOSING) {
            endWhenSent();
        }
    }

    /** The transport is gone, by the peer or by a fault. */
    public void transportClosed(Transport gone, CloseReason why) {
        if (upgrade.isProbe(gone)) {
            upgrade.forget();
        } else if (gone == transport) {
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

    /**
     * A client that polls gets the CLOSE in an answer of its own, since the official one handles it before the messages
     * that came with it.
     */
    private void endWhenSent() {
        boolean mayEnd = transport.kind() != TransportKind.POLLING || (transport.writable() && transport.flushed());
        if (outbox.isEmpty() && mayEnd) {
            end(reason, CLOSE);
        }
    }

    private void end(CloseReason why, List<EnginePacket> farewell) {
        if (phase == Phase.CLOSED) {
            return;
        }
        reason = phase == Phase.CLOSING ? reason : why;
        phase = Phase.CLOSED;
        if (transport.kind() == TransportKind.POLLING && transport.writable()) {
            transport.write(farewell);
        }
        transport.close();
        upgrade.abandon();
        listener.onClose(reason);
    }

    /** The time from which on {@link #tick} has something to do; {@link Long#MAX_VALUE} once closed. */
    public long deadlineMillis() {
        return phase == Phase.CLOSED ? Long.MAX_VALUE : Math.min(dueMillis(), upgrade.deadlineMillis());
    }

    private long dueMillis() {
        return phase == Phase.OPEN ? heartbeat.dueMillis() : endMillis;
    }

    /** Does what is due: pings, releases a poll that holds up an upgrade, ends what took too long. */
    public void tick(long now) {
        upgrade.tick(transport, now);
        if (now < dueMillis() || phase == Phase.CLOSED) {
            return;
        }
        var ping = phase == Phase.OPEN ? heartbeat.due(now, reading) : null;
        if (ping == null) {
            end(phase == Phase.OPEN ? CloseReason.PING_TIMEOUT : reason, CLOSE);
        } else if (!ping.isEmpty()) {
            ping(ping);
        }
    }

    private void ping(List<EnginePacket> ping) {
        if (outbox.withdraw(ping)) { // One that has not left yet is enough.
            heartbeat.replaced();
        }
        boolean last = outbox.isEmpty();
        // Ahead of what waits: a client that is slow to take it is not dead.
        outbox.addFirst(ping);
        outbox.drainTo(transport);
        if (last) {
            listener.onPing();
        }
    }

    private enum Phase {
        OPEN,
        CLOSING,
        CLOSED
    }
}
