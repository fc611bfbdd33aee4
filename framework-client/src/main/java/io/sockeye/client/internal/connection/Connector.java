package io.sockeye.client.internal.connection;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectionListener;
import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Disconnection;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.client.internal.threads.DeadlineTimer;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.Transports;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.protocol.TransportKind;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Keeps one connection up for the sockets of a client while one of them is active. Owned by the loop.
 *
 * <pre>
 *            first active socket        OPEN                 lost
 *     idle ───────────────────▶ opening ─────▶ open ─────────────────────▶ waiting
 *      ▲                        │  ▲ │                                     │ ▲
 *      │  no attempt is left    │  │ └─────────────── failed ──────────────┼─┘
 *      │◀───────────────────────┘  └────────────── after the delay ────────┘
 *      └─────────────── no socket is active, from all states
 * </pre>
 */
public final class Connector {
    /** An attempt that has lasted for so long may hang on a network that is gone. */
    private static final long STALE_MILLIS = 2_000;

    private final Loop loop;
    private final ClientOptions options;
    private final Transports transports;
    private final TransportChoice choice;
    private final Backoff backoff;
    private final DeadlineTimer retry;
    private final ConnectionListeners listeners;
    private final ConnectionUsers sockets = new ConnectionUsers();
    private final CurrentLink link;
    private final ClosingLinks closingLinks = new ClosingLinks();
    private final StickySessions stickySessions = new StickySessions();

    private State state = State.IDLE;
    /** Counts links. */
    private int linkNumber;
    /** When the last connection was opened. */
    private long openedMillis;
    /** When the last attempt began. */
    private long startedMillis;

    /** @param callListeners makes a call to all of the user's listeners */
    public Connector(
            Loop loop,
            ClientOptions options,
            Transports transports,
            RandomGenerator random,
            Consumer<Consumer<ConnectionListener>> callListeners) {
        this.loop = loop;
        this.options = options;
        this.choice = new TransportChoice(options);
        this.transports = transports;
        this.link = new CurrentLink(new WaitingBytes(options.outboxBytes()));
        this.backoff = new Backoff(options.reconnection(), random);
        this.retry = new DeadlineTimer(loop, now -> reconnect());
        this.listeners = new ConnectionListeners(callListeners);
    }

    public CurrentLink currentLink() {
        return link;
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** The number of the current or last link. What was sent on an earlier one is not answered any more. */
    public int linkNumber() {
        return linkNumber;
    }

    /** A socket has become active. */
    public void connect(ConnectionUser socket) {
        sockets.add(socket);
        if (state == State.OPEN) {
            socket.connectionOpened();
        } else if (state == State.IDLE) {
            listeners.resetAttempts();
            start();
        }
    }

    private void start() {
        state = State.OPENING;
        startedMillis = loop.nowMillis();
        openLink(choice.first());
    }

    private void openLink(TransportKind kind) {
        linkNumber++;
        sockets.clearBusy();
        link.attach(new Link(loop, options, transports, kind, this));
    }

    /** A link's session is open. */
    void opened(Link opened) {
        if (!link.isCurrent(opened)) {
            return;
        }
        state = State.OPEN;
        openedMillis = loop.nowMillis();
        var kind = opened.transport();
        link.connectedOver(kind);
        choice.worked(kind, opened.mayUpgrade());
        listeners.opened(kind);
        backoff.reset();
        sockets.each(ConnectionUser::connectionOpened);
    }

    /** A link was upgraded to another transport. */
    void upgraded(Link upgraded) {
        if (link.isCurrent(upgraded)) {
            var kind = upgraded.transport();
            link.connectedOver(kind);
            choice.worked(kind, upgraded.mayUpgrade());
            listeners.upgraded(kind);
        }
    }

    /** A link keeps its transport, since the other one has failed. */
    void upgradeFailed(Link staying, TransportKind tried, TransportFailure failure) {
        if (link.isCurrent(staying)) {
            listeners.upgradeFailed(tried, Failures.toConnect(CloseReason.TRANSPORT_ERROR, failure));
        }
    }

    void receive(Link from, SocketPacket packet) {
        var socket = link.isCurrent(from) ? sockets.of(packet.namespace()) : null;
        if (socket != null) {
            socket.receive(packet);
        }
    }

    /** A link has ended. */
    void closed(Link closed, CloseReason reason) {
        if (!link.isCurrent(closed)) {
            return;
        }
        link.detach();
        closingLinks.add(closed);
        long lifeMillis = state == State.OPEN ? loop.nowMillis() - openedMillis : 0;
        var failure = stickySessions.explain(lifeMillis, closed.failure());
        if (state == State.OPENING) {
            failed(Failures.toConnect(options.server(), reason, failure));
            return;
        }
        var end = new Disconnection(Failures.disconnectReason(reason), failure == null ? "" : failure.message());
        listeners.closed(end);
        boolean wanted = sockets.anyActive();
        boolean last = backoff.exhausted();
        sockets.each(socket -> socket.connectionClosed(end, Failures.toConnect(reason, failure), last));
        scheduleReconnect(wanted);
    }

    private void failed(ConnectFailedException failure) {
        var next = choice.next();
        if (next != null) {
            openLink(next);
            return;
        }
        boolean wanted = sockets.anyActive();
        boolean last = backoff.exhausted();
        sockets.each(socket -> socket.connectionFailed(failure, last));
        listeners.failed(failure);
        scheduleReconnect(wanted);
    }

    /** After a connection or an attempt has ended. */
    private void scheduleReconnect(boolean wanted) {
        state = State.IDLE;
        if (!wanted) {
            return;
        }
        if (backoff.exhausted()) {
            boolean tried = backoff.attempts() > 0;
            backoff.reset();
            if (tried) {
                listeners.reconnectFailed();
            }
            return;
        }
        state = State.WAITING;
        retry.set(loop.nowMillis() + backoff.nextDelayMillis());
    }

    private void reconnect() {
        listeners.attempt(backoff.attempts());
        start();
    }

    /**
     * Does now what would happen after a delay. An attempt that has lasted for long may hang on a network that is gone, and
     * is started again.
     */
    public void reconnectNow() {
        backoff.resetDelay();
        link.checkHeartbeat();
        if (state == State.WAITING) {
            retry.set(Long.MAX_VALUE);
            reconnect();
        } else if (state == State.OPENING && loop.nowMillis() - startedMillis >= STALE_MILLIS) {
            closeLink();
            start();
        }
        sockets.each(ConnectionUser::retryNow);
    }

    /** Closes the link, if there is one, without calling the sockets; whether there was one. */
    private boolean closeLink() {
        var last = link.detach();
        if (last == null) {
            return false;
        }
        last.close();
        closingLinks.add(last);
        return true;
    }

    /** Closes the connection if no socket is active any more. */
    public void closeIfUnused() {
        if (sockets.anyActive()) {
            return;
        }
        retry.set(Long.MAX_VALUE);
        backoff.reset();
        boolean wasOpen = state == State.OPEN;
        state = State.IDLE;
        if (closeLink() && wasOpen) {
            listeners.closed(new Disconnection(DisconnectReason.IO_CLIENT_DISCONNECT, ""));
        }
    }

    /**
     * Ends the connection, since the server does not answer.
     *
     * @param why the message for sockets that were not connected
     */
    public void failLink(String why) {
        var current = link.get();
        if (current != null) {
            current.fail(new TransportFailure(TransportFailure.Kind.TIMEOUT, why, null));
        }
    }

    /** Completed once all links that were closed have released their transports. */
    public CompletableFuture<Void> ended() {
        return closingLinks.ended();
    }

    /** A socket has too many events to handle: stops reading, unless a socket waits for an answer of the server. */
    public void pauseReading(ConnectionUser socket) {
        if (sockets.markBusy(socket)) {
            updateReading();
        }
    }

    /** A socket has handled enough of its events. */
    public void resumeReading(ConnectionUser socket) {
        if (sockets.markIdle(socket)) {
            updateReading();
        }
    }

    /**
     * Reads or stops reading. While a socket waits for an answer, the client reads on: a handler may be blocked until it
     * arrives.
     */
    public void updateReading() {
        var current = link.get();
        if (current != null && (sockets.anyBusy() || current.isPaused())) {
            current.reading(sockets.mayRead());
        }
    }

    /** Whether any socket is connected. */
    public boolean anyConnected() {
        return sockets.anyConnected();
    }

    private enum State {
        IDLE,
        OPENING,
        OPEN,
        WAITING
    }
}
