package io.sockeye.client.internal.connection;

import io.sockeye.bytes.Bytes;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.client.internal.threads.DeadlineTimer;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.client.internal.transport.SessionTransports;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.client.internal.transport.Transports;
import io.sockeye.engine.Handshake;
import io.sockeye.engine.Transport;
import io.sockeye.engine.session.ClientListener;
import io.sockeye.engine.session.ClientSession;
import io.sockeye.engine.session.Pausable;
import io.sockeye.json.JsonException;
import io.sockeye.json.Peer;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Engine.IO session with its transports, from the first request until it is closed. Owned by the loop. */
final class Link implements ClientListener, TransportOwner {
    private static final Logger log = LoggerFactory.getLogger(Link.class);

    private final Loop loop;
    private final ClientOptions options;
    private final Connector connector;
    private final SessionTransports transports;
    private final ClientSession session;
    private final Parser.Decoder decoder;
    private final DeadlineTimer alarm;

    /** When something last arrived, by the time of day. */
    private long receivedAtWallMillis;

    /** Transports that the session may still be upgraded to, in order. */
    private final ArrayDeque<TransportKind> untried = new ArrayDeque<>(2);

    /** Why the session ends, as far as known; null otherwise. */
    private @Nullable TransportFailure failure;

    /** Why an upgrade to a transport failed, as far as known; null otherwise. */
    private @Nullable TransportFailure probeFailure;

    /** Opens a session over a transport of this kind. */
    Link(Loop loop, ClientOptions options, Transports transports, TransportKind kind, Connector connector) {
        this.loop = loop;
        this.options = options;
        this.connector = connector;
        this.transports = transports.session(this);
        this.decoder = options.parser().decoder(options.json().sentBy(Peer.SERVER), options.socketLimits());
        this.session = new ClientSession(options.engineSettings(), this.transports.open(kind), this, loop.nowMillis());
        this.alarm = new DeadlineTimer(loop, this::tick);
        alarm.set(session.deadlineMillis());
    }

    private void tick(long nowMillis) {
        session.tick(nowMillis);
        alarm.set(session.deadlineMillis());
    }

    /**
     * Ends the session if the server's ping is overdue. The timer alone does not suffice: it may fire late, and its clock
     * stops while the machine is suspended.
     */
    void checkHeartbeat() {
        var handshake = session.handshake();
        if (handshake == null || !session.isOpen()) {
            return;
        }
        session.tick(loop.nowMillis());
        if (session.isReading() && loop.wallMillis() - receivedAtWallMillis > handshake.maxSilence()) {
            session.abort(CloseReason.PING_TIMEOUT);
        }
    }

    TransportKind transport() {
        return session.transport().kind();
    }

    /** Whether the present transport can be upgraded. */
    boolean mayUpgrade() {
        return session.transport() instanceof Pausable;
    }

    boolean writable() {
        return session.writable();
    }

    void send(List<EnginePacket> packets) {
        session.send(packets);
        updateWaitingBytes();
    }

    private void updateWaitingBytes() {
        connector.currentLink().updateWaitingBytes(this, session.waitingBytes());
    }

    long tooLong(List<EnginePacket> packets) {
        return session.tooLong(packets);
    }

    /** Bytes that the server takes in one message; 0 if it has not said. */
    long maxPayload() {
        var handshake = session.handshake();
        return handshake == null ? 0 : handshake.maxPayload();
    }

    /** Whether the client reads what the server sends. */
    void reading(boolean wanted) {
        receivedAtWallMillis = loop.wallMillis();
        session.reading(wanted, loop.nowMillis());
    }

    boolean isPaused() {
        return !session.isReading();
    }

    /** Removes packets that have not been sent. */
    void withdraw(List<EnginePacket> packets) {
        session.withdraw(packets);
        updateWaitingBytes();
    }

    /** Sends what waits and closes the session. */
    void close() {
        session.close(loop.nowMillis());
    }

    /** Ends the session for this reason. */
    void fail(TransportFailure why) {
        failure = why;
        session.abort(CloseReason.TRANSPORT_ERROR);
    }

    /** Completed once the session has released its transports. */
    CompletableFuture<Void> ended() {
        return transports.ended();
    }

    /** Why the session ended, as far as known. */
    @Nullable
    TransportFailure failure() {
        return failure;
    }

    @Override
    public void onOpen(Handshake handshake) {
        transports.opened(handshake.sid());
        transports.activeTransport(transport());
        connector.opened(this);
        if (options.upgrade()) {
            for (var kind : options.transports()) {
                if (kind != transport() && handshake.offers(kind)) {
                    untried.add(kind);
                }
            }
            probeNext();
        }
    }

    /** Probes the transports that both the server and the user allow, in the user's order, until one works. */
    private void probeNext() {
        var better = session.isOpen() && mayUpgrade() ? untried.poll() : null;
        if (better != null) {
            session.probe(transports.open(better), loop.nowMillis());
        }
    }

    @Override
    public void onMessage(EnginePacket message) {
        try {
            var packet = decoder.receive(message);
            if (packet != null) {
                connector.receive(this, packet);
            }
        } catch (JsonException e) {
            throw new ProtocolException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void onUpgrade(Transport transport) {
        if (session.isOpen()) { // Otherwise the transports may belong to the next session already.
            transports.activeTransport(transport.kind());
        }
        connector.upgraded(this);
    }

    @Override
    public void onUpgradeFailed(Transport tried) {
        var known = probeFailure == null ? failure : probeFailure; // Without one, perhaps a protocol error.
        probeFailure = null;
        failure = null;
        var silence = "no answer within " + options.engineSettings().upgradeTimeoutMillis() + " ms";
        connector.upgradeFailed(
                this,
                tried.kind(),
                known == null ? new TransportFailure(TransportFailure.Kind.TIMEOUT, silence, null) : known);
        probeNext();
    }

    @Override
    public void onDeadline(long deadlineMillis) {
        alarm.set(deadlineMillis);
    }

    @Override
    public void onProtocolError(ProtocolException error) {
        failure = new TransportFailure(TransportFailure.Kind.PROTOCOL, String.valueOf(error.getMessage()), error);
    }

    @Override
    public void onClose(CloseReason reason) {
        alarm.set(Long.MAX_VALUE);
        failure = failure == null ? transports.blockedBy() : failure;
        connector.closed(this, reason);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void executeLater(Runnable task, long delayMillis) {
        loop.schedule(task, delayMillis);
    }

    @Override
    public void receivePayload(Transport from, Bytes payload) {
        guard(() -> session.receivePayload(from, payload, loop.nowMillis()));
    }

    @Override
    public void receiveFrame(Transport from, Bytes frame, boolean binary) {
        guard(() -> session.receiveFrame(from, frame, binary, loop.nowMillis()));
    }

    /** A bug here must close the session, not leave it hanging. */
    private void guard(Runnable receiving) {
        receivedAtWallMillis = loop.wallMillis();
        try {
            receiving.run();
            updateWaitingBytes();
            if (session.isOpen()) {
                failure = null; // A failure of the probe, if any: the session goes on.
            }
        } catch (RuntimeException | Error e) {
            log.error("what the server sent could not be handled", e);
            fail(new TransportFailure(TransportFailure.Kind.PROTOCOL, e.toString(), e));
        }
    }

    @Override
    public void transportReady(Transport ready) {
        session.transportReady(ready);
        updateWaitingBytes();
    }

    @Override
    public void transportPaused(Transport paused) {
        session.transportPaused(paused);
        updateWaitingBytes();
    }

    @Override
    public void transportClosed(Transport gone, CloseReason why, TransportFailure known) {
        if (gone == session.transport()) {
            failure = known;
        } else {
            probeFailure = known;
        }
        session.transportClosed(gone, why);
    }
}
