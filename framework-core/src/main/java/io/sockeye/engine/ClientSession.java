package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
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
 *
 * Without an offer to upgrade, or opened on a WebSocket, a session stays on its transport.
 */
public final class ClientSession {
    private static final List<EnginePacket> PONG = List.of(EnginePacket.PONG);
    private static final List<EnginePacket> CLOSE = List.of(EnginePacket.CLOSE);
    private static final List<EnginePacket> UPGRADE = List.of(EnginePacket.UPGRADE);

    private final ClientSettings settings;
    private final ClientListener listener;
    private final Outbox outbox = new Outbox();
    private final ClientUpgrade upgrade = new ClientUpgrade();

    private Transport transport;
    /** Null until the server has sent it. */
    private @Nullable Handshake handshake;

    private PostBody body = new PostBody(0);
    private Phase phase = Phase.OPENING;
    /** When the handshake or the next ping must have come, or the end while closing. */
    private long dueMillis;

    /** Whether the owner wants to hear what the server sends. */
    private boolean reading = true;

    /** Why the session closes: unless told otherwise, because its owner wants it. */
    private CloseReason reason = CloseReason.FORCED_CLOSE;

    /** Begins a session on a transport that has asked the server for one. */
    public ClientSession(ClientSettings settings, Transport transport, ClientListener listener, long now) {
        this.settings = settings;
        this.transport = transport;
        this.listener = listener;
        this.dueMillis = now + settings.openTimeoutMillis();
    }

    /** What the server told when the session opened; null before. */
    public @Nullable Handshake handshake() {
        return handshake;
    }

    /** The transport that carries the session at present. */
    public Transport transport() {
        return transport;
    }

    /** Whether the session was opened, and neither ended nor is about to. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Whether a message sent now leaves at once. Volatile messages are dropped otherwise. */
    public boolean writable() {
        return phase == Phase.OPEN && outbox.isEmpty() && !upgrade.pausing() && transport.writable();
    }

    /** Sends packets, or keeps them until the session is open and writable. Ignored once the session closes. */
    public void send(List<EnginePacket> packets) {
        if (phase == Phase.CLOSING || phase == Phase.CLOSED) {
            return;
        }
        outbox.add(packets);
        flush();
    }

    /** Bytes that wait because the transport does not take them, with what their objects take. */
    public long waitingBytes() {
        return outbox.bytes();
    }

    /** What {@link #waitingBytes} counts for these packets. */
    public static long heldBytes(List<EnginePacket> packets) {
        return Outbox.sizeOf(packets);
    }

    /**
     * How many bytes the first of these packets has that the server does not take in one message, as it said in the
     * handshake; 0 if it takes them all, or has not said.
     */
    public long tooLong(List<EnginePacket> packets) {
        return body.tooLong(transport.kind(), packets);
    }

    /** Takes packets back that were sent, the very same list, if they still wait; whether they did. */
    public boolean withdraw(List<EnginePacket> packets) {
        return outbox.withdraw(packets);
    }

    /** A WebSocket frame arrived. */
    public void receiveFrame(Transport from, Bytes frame, boolean binary, long now) {
        if (!listensTo(from)) {
            return;
        }
        try {
            receive(from, binary ? EnginePacket.binaryMessage(frame) : EngineCodec.decodeText(frame), now);
        } catch (ProtocolException e) {
            reject(from, e);
        }
    }

    /** The answer to a poll arrived. */
    public void receivePayload(Transport from, Bytes payload, long now) {
        var reader = new PayloadReader(payload, settings.limits().packetsPerPayload());
        try {
            while (listensTo(from)) {
                var packet = reader.next();
                if (packet == null) {
                    return;
                }
                receive(from, packet, now);
            }
        } catch (ProtocolException e) {
            reject(from, e);
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
            dropProbe();
        } else {
            abort(e.reason());
        }
    }

    private void receive(Transport from, EnginePacket packet, long now) {
        if (upgrade.isProbe(from)) {
            if (!upgrade.receive(packet)) {
                throw new ProtocolException("unexpected on a probe: " + packet.type());
            }
        } else if (phase == Phase.OPENING) {
            open(Handshake.of(packet), now);
        } else {
            receiveOnTransport(packet, now);
        }
    }

    private void open(Handshake offered, long now) {
        handshake = offered;
        body = new PostBody(offered.maxPayload());
        phase = Phase.OPEN;
        dueMillis = now + offered.maxSilence();
        listener.onDeadline(deadlineMillis());
        listener.onOpen(offered);
        flush();
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

    /** Ahead of what waits, and also while closing: without it the server gives up before it got what was sent. */
    private void answerPing(long now) {
        if (phase == Phase.OPEN && handshake != null && reading) {
            dueMillis = now + handshake.maxSilence();
        }
        outbox.addFirst(PONG);
        flush();
    }

    /**
     * Whether what the server sends is read on: if not, it has to wait. The server's pings wait, too: none is late
     * meanwhile, but the server may take the session for dead after a while.
     */
    public void reading(boolean wanted, long now) {
        if (wanted == reading || phase != Phase.OPEN || handshake == null) {
            return;
        }
        reading = wanted;
        dueMillis = wanted ? now + handshake.maxSilence() : Long.MAX_VALUE;
        transport.reading(wanted);
        listener.onDeadline(deadlineMillis());
    }

    /** Whether what the server sends is read. */
    public boolean isReading() {
        return reading;
    }

    /** Lets a new transport try to take the session over; refused unless the server offers it to a session that polls. */
    public void probe(Transport candidate, long now) {
        boolean offered = phase == Phase.OPEN && handshake != null && handshake.offers(candidate.kind());
        if (!offered || !upgrade.idle() || !(transport instanceof Pausable polling)) {
            candidate.close();
            return;
        }
        upgrade.start(candidate, polling, now + settings.upgradeTimeoutMillis());
        listener.onDeadline(deadlineMillis());
    }

    /** The transport rests: what waited meanwhile follows on the new one. */
    public void transportPaused(Transport paused) {
        var next = upgrade.complete(paused);
        if (next == null) {
            return;
        }
        transport = next;
        if (!reading) {
            next.reading(false);
        }
        outbox.addFirst(UPGRADE);
        paused.close();
        listener.onUpgrade(next);
        flush();
    }

    /** The transport became writable: a POST was answered, or the connection takes bytes, at first or again. */
    public void transportReady(Transport ready) {
        if (upgrade.isProbe(ready)) {
            upgrade.ask();
        } else if (ready == transport) {
            flush();
        }
    }

    private void flush() {
        boolean opened = phase == Phase.OPEN || phase == Phase.CLOSING;
        if (opened && !upgrade.pausing()) {
            outbox.drainTo(transport, body);
        }
        if (outbox.bytes() > settings.limits().outboxBytes()) {
            abort(CloseReason.OUTBOX_OVERFLOW);
        } else if (phase == Phase.CLOSING && outbox.isEmpty() && !upgrade.pausing()) {
            endWhenSent();
        }
    }

    /** The reference server handles CLOSE before the messages of the same body: it must come in one of its own. */
    private void endWhenSent() {
        if (!transport.flushed()) {
            return;
        }
        if (transport.kind() == TransportKind.POLLING) {
            if (!transport.writable()) {
                return;
            }
            body.write(transport, CLOSE);
        }
        end(reason);
    }

    /** The transport is gone, by the peer or by a fault. */
    public void transportClosed(Transport gone, CloseReason why) {
        if (upgrade.isProbe(gone)) {
            dropProbe();
        } else if (gone == transport) {
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
        dueMillis = now + settings.closeTimeoutMillis();
        listener.onDeadline(deadlineMillis());
        if (!upgrade.pausing()) {
            dropProbe();
        }
        flush();
    }

    /** Ends the session now; what waits is lost. One that closes already keeps its reason. */
    public void abort(CloseReason why) {
        boolean polls = phase == Phase.OPEN && transport.kind() == TransportKind.POLLING && !upgrade.pausing();
        if (polls && transport.writable()) {
            body.write(transport, CLOSE);
        }
        end(why);
    }

    private void end(CloseReason why) {
        if (phase == Phase.CLOSED) {
            return;
        }
        reason = phase == Phase.CLOSING ? reason : why;
        phase = Phase.CLOSED;
        transport.close();
        upgrade.abandon();
        listener.onClose(reason);
    }

    /** The session stays where it is. */
    private void dropProbe() {
        var tried = upgrade.probe();
        upgrade.fail();
        if (tried != null && phase == Phase.OPEN) {
            listener.onUpgradeFailed(tried);
        }
        flush();
    }

    /** The time from which on {@link #tick} has something to do; {@link Long#MAX_VALUE} once closed. */
    public long deadlineMillis() {
        return phase == Phase.CLOSED ? Long.MAX_VALUE : Math.min(dueMillis, upgrade.deadlineMillis());
    }

    /** Ends what took too long: the session without handshake or ping, the probe, the farewell. */
    public void tick(long now) {
        if (now >= upgrade.deadlineMillis()) {
            dropProbe();
        }
        if (now >= dueMillis) {
            abort(phase == Phase.OPENING ? CloseReason.TRANSPORT_ERROR : CloseReason.PING_TIMEOUT);
        }
    }

    private enum Phase {
        OPENING,
        OPEN,
        CLOSING,
        CLOSED
    }
}
