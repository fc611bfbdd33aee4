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
 *      │                      │ close()           │ the peer or a fault
 *      │                      ▼                   │
 *      │                   closing                │
 *      │                      │ all was sent,     │
 *      │ close(), any fault   ▼ or closeTimeout   ▼
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
    private final Listener listener;
    private final Outbox outbox = new Outbox();

    private Transport transport;
    /** Null until the server has sent it. */
    private @Nullable Handshake handshake;

    private PostBody body = new PostBody(0);
    private @Nullable ClientProbe probe;
    private Phase phase = Phase.OPENING;
    /** When the handshake or the next ping must have come, or the end while closing. */
    private long dueMillis;

    /** Why the session closes; meaningful once it does. */
    private CloseReason reason = CloseReason.FORCED_CLOSE;

    /** Begins a session on a transport that has asked the server for one. */
    public ClientSession(ClientSettings settings, Transport transport, Listener listener, long now) {
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
        return phase == Phase.OPEN && outbox.isEmpty() && !pausing() && transport.writable();
    }

    /** Sends packets, or keeps them until the session is open and writable. Ignored once the session closes. */
    public void send(List<EnginePacket> packets) {
        if (phase == Phase.CLOSING || phase == Phase.CLOSED) {
            return;
        }
        outbox.add(packets);
        flushWithinLimit();
    }

    private void flushWithinLimit() {
        flush();
        if (outbox.bytes() > settings.limits().outboxBytes()) {
            fail(CloseReason.OUTBOX_OVERFLOW);
        }
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
        return phase != Phase.CLOSED && (from == transport || isProbe(from));
    }

    private boolean isProbe(Transport candidate) {
        return probe != null && probe.transport() == candidate;
    }

    /** The one place where a peer's fault ends its session, or only its probe. */
    private void reject(Transport from, ProtocolException e) {
        if (!listensTo(from)) {
            return;
        }
        listener.onProtocolError(e);
        if (isProbe(from)) {
            dropProbe();
        } else {
            fail(e.reason());
        }
    }

    private void receive(Transport from, EnginePacket packet, long now) {
        if (probe != null && probe.transport() == from) {
            if (!probe.receive(packet)) {
                dropProbe();
            }
        } else if (phase == Phase.OPENING) {
            open(packet, now);
        } else {
            receiveOnTransport(packet, now);
        }
    }

    private void open(EnginePacket packet, long now) {
        if (packet.type() != EnginePacket.Type.OPEN) {
            throw new ProtocolException("packet before the handshake: " + packet.type());
        }
        var opened = Handshake.parse(packet.data());
        handshake = opened;
        body = new PostBody(opened.maxPayload());
        phase = Phase.OPEN;
        awaitPing(opened, now);
        listener.onDeadline(deadlineMillis());
        listener.onOpen(opened);
        flush();
    }

    private void awaitPing(Handshake opened, long now) {
        dueMillis = now + opened.pingInterval() + opened.pingTimeout();
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

    /**
     * Ahead of what waits, since the server gives up without it. Also while closing, so that it does not give up before it
     * got what was sent.
     */
    private void answerPing(long now) {
        if (phase == Phase.OPEN && handshake != null) {
            awaitPing(handshake, now);
        }
        outbox.addFirst(PONG);
        flushWithinLimit();
    }

    /** Lets a new transport try to take the session over; refused unless the server offers it to a session that polls. */
    public void probe(Transport candidate, long now) {
        if (phase != Phase.OPEN || probe != null || !offered(candidate) || !(transport instanceof Pausable polling)) {
            candidate.close();
            return;
        }
        probe = new ClientProbe(candidate, polling, now + settings.upgradeTimeoutMillis());
        listener.onDeadline(deadlineMillis());
        probe.transportReady();
    }

    private boolean offered(Transport candidate) {
        return handshake != null
                && handshake.upgrades().contains(candidate.kind().wireName());
    }

    private boolean pausing() {
        return probe != null && probe.pausing();
    }

    /** The transport rests: what waited meanwhile follows on the new one. */
    public void transportPaused(Pausable paused) {
        if (probe == null || !probe.pausing() || paused != transport) {
            return;
        }
        transport = probe.transport();
        probe = null;
        outbox.addFirst(UPGRADE);
        paused.close();
        listener.onUpgrade(transport);
        flush();
    }

    /** The transport became writable: a POST was answered, or the connection takes bytes, at first or again. */
    public void transportReady(Transport ready) {
        if (probe != null && probe.transport() == ready) {
            probe.transportReady();
        } else if (ready == transport) {
            flush();
        }
    }

    private void flush() {
        if (phase == Phase.OPENING || phase == Phase.CLOSED || pausing()) {
            return;
        }
        if (transport.kind() == TransportKind.POLLING) {
            outbox.drainTo(transport, body);
        } else {
            outbox.drainTo(transport);
        }
        if (phase == Phase.CLOSING && outbox.isEmpty()) {
            end(reason);
        }
    }

    /** The transport is gone, by the peer or by a fault. */
    public void transportClosed(Transport gone, CloseReason why) {
        if (isProbe(gone)) {
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
        phase = Phase.CLOSING;
        reason = CloseReason.FORCED_CLOSE;
        dueMillis = now + settings.closeTimeoutMillis();
        if (transport.kind() == TransportKind.POLLING) {
            outbox.add(CLOSE);
        }
        listener.onDeadline(deadlineMillis());
        if (!pausing()) {
            dropProbe();
        }
        flush();
    }

    /** Ends the session now; what waits is lost. One that closes already keeps its reason. */
    public void abort(CloseReason why) {
        fail(why);
    }

    /** Ends the session; the server is told if it cannot see that. */
    private void fail(CloseReason why) {
        boolean polls = phase == Phase.OPEN && transport.kind() == TransportKind.POLLING && !pausing();
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
        if (probe != null) {
            probe.transport().close();
            probe = null;
        }
        listener.onClose(reason);
    }

    /** The session stays where it is. */
    private void dropProbe() {
        if (probe != null) {
            var dropped = probe;
            probe = null;
            dropped.fail();
            flush();
        }
    }

    /** The time from which on {@link #tick} has something to do; {@link Long#MAX_VALUE} once closed. */
    public long deadlineMillis() {
        if (phase == Phase.CLOSED) {
            return Long.MAX_VALUE;
        }
        return probe == null ? dueMillis : Math.min(dueMillis, probe.deadlineMillis());
    }

    /** Ends what took too long: the session without handshake or ping, the probe, the farewell. */
    public void tick(long now) {
        if (probe != null && now >= probe.deadlineMillis()) {
            dropProbe();
        }
        if (now < dueMillis) {
            return;
        }
        switch (phase) {
            case OPENING -> end(CloseReason.TRANSPORT_ERROR);
            case OPEN -> fail(CloseReason.PING_TIMEOUT);
            case CLOSING, CLOSED -> end(reason);
        }
    }

    private enum Phase {
        OPENING,
        OPEN,
        CLOSING,
        CLOSED
    }

    /** What the session tells its owner, on the owner's thread. */
    public interface Listener extends SessionListener {
        /** The server has opened the session; called once, before any message. */
        void onOpen(Handshake handshake);
    }
}
