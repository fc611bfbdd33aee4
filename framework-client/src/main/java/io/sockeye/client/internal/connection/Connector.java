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
import io.sockeye.engine.CloseReason;
import io.sockeye.engine.TransportKind;
import io.sockeye.socket.SocketPacket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Keeps one connection up for the sockets of a client, as long as one of them wants it. Owned by the loop.
 *
 * <pre>
 *            a socket wants it          OPEN                 lost
 *     idle ───────────────────▶ opening ─────▶ open ─────────────────────▶ waiting
 *      ▲                        │  ▲ │                                     │ ▲
 *      │  no attempt is left    │  │ └─────────────── failed ──────────────┼─┘
 *      │◀───────────────────────┘  └────────────── after the delay ────────┘
 *      └─────────────── nobody wants it any more, from everywhere
 * </pre>
 */
public final class Connector {
    /** An attempt that has lasted so long may have lost what it sent. */
    private static final long STALE_MILLIS = 2_000;

    private final Loop loop;
    private final ClientOptions options;
    private final Transports transports;
    private final TransportChoice choice;
    private final Backoff backoff;
    private final DeadlineTimer retry;
    private final ConnectionListeners news;
    private final ConnectionUsers sockets = new ConnectionUsers();

    private final CurrentLink wire;
    private final ClosingLinks farewells = new ClosingLinks();

    private State state = State.IDLE;
    /** Tells links apart. */
    private int linkNumber;

    private final StickySessions stickySessions = new StickySessions();
    /** When the last connection was opened. */
    private long openedMillis;
    /** When the last attempt began. */
    private long startedMillis;

    /** @param listeners calls the user's */
    public Connector(
            Loop loop,
            ClientOptions options,
            Transports transports,
            RandomGenerator random,
            Consumer<Consumer<ConnectionListener>> listeners) {
        this.loop = loop;
        this.options = options;
        this.choice = new TransportChoice(options);
        this.transports = transports;
        this.wire = new CurrentLink(new WaitingBytes(options.outboxBytes()));
        this.backoff = new Backoff(options.reconnection(), random);
        this.retry = new DeadlineTimer(loop, now -> reconnect());
        this.news = new ConnectionListeners(listeners);
    }

    public CurrentLink wire() {
        return wire;
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Which link that is, or was the last one: what was asked on an earlier one is not answered any more. */
    public int linkNumber() {
        return linkNumber;
    }

    /** A socket wants a connection. */
    public void open(ConnectionUser socket) {
        sockets.add(socket);
        if (state == State.OPEN) {
            socket.connectionOpened();
        } else if (state == State.IDLE) {
            news.firstAttempt();
            start();
        }
    }

    private void start() {
        state = State.OPENING;
        startedMillis = loop.nowMillis();
        startOver(choice.first());
    }

    private void startOver(TransportKind kind) {
        linkNumber++;
        sockets.noneBusy();
        wire.attach(new Link(loop, options, transports, kind, this));
    }

    /** A link has its session. */
    void opened(Link opened) {
        if (!wire.isOver(opened)) {
            return;
        }
        state = State.OPEN;
        openedMillis = loop.nowMillis();
        var kind = opened.transport();
        wire.carriedBy(kind);
        choice.worked(kind, opened.mayUpgrade());
        news.opened(kind);
        backoff.reset();
        sockets.each(ConnectionUser::connectionOpened);
    }

    /** A link goes on over another transport. */
    void upgraded(Link upgraded) {
        if (wire.isOver(upgraded)) {
            var kind = upgraded.transport();
            wire.carriedBy(kind);
            choice.worked(kind, upgraded.mayUpgrade());
            news.upgraded(kind);
        }
    }

    /** A link stays with its transport. */
    void upgradeFailed(Link staying, TransportKind tried, TransportFailure failure) {
        if (wire.isOver(staying)) {
            news.upgradeFailed(tried, Failures.toConnect(CloseReason.TRANSPORT_ERROR, failure));
        }
    }

    void receive(Link from, SocketPacket packet) {
        var socket = wire.isOver(from) ? sockets.of(packet.namespace()) : null;
        if (socket != null) {
            socket.receive(packet);
        }
    }

    /** A link has ended. */
    void closed(Link closed, CloseReason reason) {
        if (!wire.isOver(closed)) {
            return;
        }
        wire.detach();
        farewells.await(closed);
        long lifeMillis = state == State.OPEN ? loop.nowMillis() - openedMillis : 0;
        var failure = stickySessions.explain(lifeMillis, closed.failure());
        if (state == State.OPENING) {
            failed(Failures.toConnect(options.server(), reason, failure));
            return;
        }
        var end = new Disconnection(Failures.disconnectReason(reason), failure == null ? "" : failure.message());
        news.closed(end);
        boolean wanted = sockets.anyActive();
        boolean last = backoff.exhausted();
        sockets.each(socket -> socket.connectionClosed(end, Failures.toConnect(reason, failure), last));
        waitOrRest(wanted);
    }

    private void failed(ConnectFailedException failure) {
        var next = choice.next();
        if (next != null) {
            startOver(next);
            return;
        }
        boolean wanted = sockets.anyActive();
        boolean last = backoff.exhausted();
        sockets.each(socket -> socket.connectionFailed(failure, last));
        news.failed(failure);
        waitOrRest(wanted);
    }

    /** After the end of a connection, or of an attempt. */
    private void waitOrRest(boolean wanted) {
        state = State.IDLE;
        if (!wanted) {
            return;
        }
        if (backoff.exhausted()) {
            boolean tried = backoff.attempts() > 0;
            backoff.reset();
            if (tried) {
                news.givenUp();
            }
            return;
        }
        state = State.WAITING;
        retry.set(loop.nowMillis() + backoff.nextDelayMillis());
    }

    private void reconnect() {
        news.attempt(backoff.attempts());
        start();
    }

    /**
     * Does now what would happen after a delay: there may be a way to the server again. An attempt that began before that
     * may hang on the old way, and is begun again.
     */
    public void hurry() {
        backoff.hurry();
        wire.checkHeartbeat();
        if (state == State.WAITING) {
            retry.set(Long.MAX_VALUE);
            reconnect();
        } else if (state == State.OPENING && loop.nowMillis() - startedMillis >= STALE_MILLIS) {
            endLink();
            start();
        }
        sockets.each(ConnectionUser::retryNow);
    }

    /** Ends the link, if there is one, without a word to those who use it; whether there was one. */
    private boolean endLink() {
        var last = wire.detach();
        if (last == null) {
            return false;
        }
        last.close();
        farewells.await(last);
        return true;
    }

    /** A socket does not want the connection any more; it ends with the last one. */
    public void release() {
        if (sockets.anyActive()) {
            return;
        }
        retry.set(Long.MAX_VALUE);
        backoff.reset();
        boolean wasOpen = state == State.OPEN;
        state = State.IDLE;
        if (endLink() && wasOpen) {
            news.closed(new Disconnection(DisconnectReason.IO_CLIENT_DISCONNECT, ""));
        }
    }

    /**
     * The connection is of no use: the server does not answer there.
     *
     * @param why for those who have no other reason
     */
    public void abandon(String why) {
        var silent = wire.link();
        if (silent != null) {
            silent.fail(new TransportFailure(TransportFailure.Kind.TIMEOUT, why, null));
        }
    }

    /** Completed once nothing is left of all links that have ended. */
    public CompletableFuture<Void> ended() {
        return farewells.ended();
    }

    /** A socket has too much to do: the server has to wait, unless somebody waits for its answer. */
    public void rest(ConnectionUser socket) {
        if (sockets.busy(socket)) {
            answersAwaited();
        }
    }

    /** A socket has done its work. */
    public void readAgain(ConnectionUser socket) {
        if (sockets.idle(socket)) {
            answersAwaited();
        }
    }

    /** More or fewer answers are awaited than before: a handler may wait for one, and go on only then. */
    public void answersAwaited() {
        var link = wire.link();
        if (link != null && (sockets.anyBusy() || link.rests())) {
            link.reading(sockets.mayRead());
        }
    }

    /** Whether any socket is connected; a connection that serves nobody may be ended. */
    public boolean serves() {
        return sockets.anyConnected();
    }

    private enum State {
        IDLE,
        OPENING,
        OPEN,
        WAITING
    }
}
