package io.sockeye.client.internal.connection;

import io.sockeye.bytes.Bytes;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.client.internal.threads.DeadlineTimer;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.client.internal.transport.SessionTransports;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.client.internal.transport.Transports;
import io.sockeye.engine.ClientListener;
import io.sockeye.engine.ClientSession;
import io.sockeye.engine.CloseReason;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.Handshake;
import io.sockeye.engine.Pausable;
import io.sockeye.engine.ProtocolException;
import io.sockeye.engine.Transport;
import io.sockeye.engine.TransportKind;
import io.sockeye.json.JsonException;
import io.sockeye.json.Peer;
import io.sockeye.socket.Parser;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Engine.IO session with its transports, from the first request to the end. Owned by the loop. */
final class Link implements ClientListener, TransportOwner {
    private static final Logger log = LoggerFactory.getLogger(Link.class);

    private final Loop loop;
    private final ClientOptions options;
    private final Connector connector;
    private final SessionTransports transports;
    private final ClientSession session;
    private final Parser.Decoder decoder;
    private final DeadlineTimer alarm;

    /** When the server was last heard of, by the time of day. */
    private long heardAtWallMillis;

    /** Transports that the session may still try to go on over. */
    private final ArrayDeque<TransportKind> untried = new ArrayDeque<>(2);

    /** What is known of the end; null before. */
    private @Nullable TransportFailure failure;

    /** What is known of the end of a transport that was tried; null for nothing. */
    private @Nullable TransportFailure probeFailure;

    /** Begins a session over a transport of this kind. */
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
     * Ends the session if the server has been silent for too long: its next ping may be overdue before a timer says so,
     * and while the machine sleeps the clock of timers stands still.
     */
    void checkHeartbeat() {
        var handshake = session.handshake();
        if (handshake == null || !session.isOpen()) {
            return;
        }
        session.tick(loop.nowMillis());
        if (session.isReading() && loop.wallMillis() - heardAtWallMillis > handshake.maxSilence()) {
            session.abort(CloseReason.PING_TIMEOUT);
        }
    }

    TransportKind transport() {
        return session.transport().kind();
    }

    /** Whether the session may leave the present transport for a better one. */
    boolean mayUpgrade() {
        return session.transport() instanceof Pausable;
    }

    boolean writable() {
        return session.writable();
    }

    void send(List<EnginePacket> packets) {
        session.send(packets);
        count();
    }

    private void count() {
        connector.wire().waiting(this, session.waitingBytes());
    }

    long tooLong(List<EnginePacket> packets) {
        return session.tooLong(packets);
    }

    /** Bytes that the server takes in one message; 0 if it has not said. */
    long maxPayload() {
        var handshake = session.handshake();
        return handshake == null ? 0 : handshake.maxPayload();
    }

    /** Whether what the server sends is read on. */
    void reading(boolean wanted) {
        heardAtWallMillis = loop.wallMillis();
        session.reading(wanted, loop.nowMillis());
    }

    boolean rests() {
        return !session.isReading();
    }

    /** Takes packets back that have not left. */
    void withdraw(List<EnginePacket> packets) {
        session.withdraw(packets);
        count();
    }

    /** Sends what waits and says goodbye. */
    void close() {
        session.close(loop.nowMillis());
    }

    /** Ends the session, since it is of no use. */
    void fail(TransportFailure why) {
        failure = why;
        session.abort(CloseReason.TRANSPORT_ERROR);
    }

    /** Completed once nothing of the session is left. */
    CompletableFuture<Void> ended() {
        return transports.ended();
    }

    /** What is known of the end, in words. */
    @Nullable
    TransportFailure failure() {
        return failure;
    }

    @Override
    public void onOpen(Handshake handshake) {
        transports.opened(handshake.sid());
        transports.carriedBy(transport());
        connector.opened(this);
        if (options.upgrade()) {
            for (var kind : options.transports()) {
                if (kind != transport() && handshake.offers(kind)) {
                    untried.add(kind);
                }
            }
            tryNext();
        }
    }

    /** Goes on over what the server offers and the user wants, in the user's order, until one transport works. */
    private void tryNext() {
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
        if (session.isOpen()) { // Else the next session may be under way already.
            transports.carriedBy(transport.kind());
        }
        connector.upgraded(this);
    }

    @Override
    public void onUpgradeFailed(Transport tried) {
        var known = probeFailure == null ? failure : probeFailure; // That of the protocol, perhaps.
        probeFailure = null;
        failure = null;
        var silence = "no answer within " + options.engineSettings().upgradeTimeoutMillis() + " ms";
        connector.upgradeFailed(
                this,
                tried.kind(),
                known == null ? new TransportFailure(TransportFailure.Kind.TIMEOUT, silence, null) : known);
        tryNext();
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
        failure = failure == null ? transports.obstacle() : failure;
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

    /** A fault of ours must not leave a session behind that hears nothing more. */
    private void guard(Runnable receiving) {
        heardAtWallMillis = loop.wallMillis();
        try {
            receiving.run();
            count();
            if (session.isOpen()) {
                failure = null; // It was the probe's, if there was one.
            }
        } catch (RuntimeException | Error e) {
            log.error("what the server sent could not be handled", e);
            fail(new TransportFailure(TransportFailure.Kind.PROTOCOL, e.toString(), e));
        }
    }

    @Override
    public void transportReady(Transport ready) {
        session.transportReady(ready);
        count();
    }

    @Override
    public void transportPaused(Transport paused) {
        session.transportPaused(paused);
        count();
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
