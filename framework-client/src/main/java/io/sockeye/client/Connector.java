package io.sockeye.client;

import io.sockeye.client.http.TransportFailure;
import io.sockeye.client.http.Transports;
import io.sockeye.engine.CloseReason;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.TransportKind;
import io.sockeye.socket.SocketPacket;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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
final class Connector {
    /** An attempt that has lasted so long may have lost what it sent. */
    private static final long STALE_MILLIS = 2_000;

    private final Loop loop;
    private final ClientOptions options;
    private final Transports transports;
    private final TransportChoice choice;
    private final Backoff backoff;
    private final Alarm retry;
    private final ConnectionNews news;
    private final Map<String, SocketState> sockets = new LinkedHashMap<>();
    /** Those that have too much to do. */
    private final Set<SocketState> busy = new HashSet<>();

    private final Farewells farewells = new Farewells();

    private State state = State.IDLE;
    /** Null while idle or waiting. */
    private @Nullable Link link;
    /** Tells links apart. */
    private int linkNumber;
    /** When the last attempt began. */
    private long startedMillis;
    /** Null unless there is a connection. */
    private volatile @Nullable TransportKind transport;

    /** @param listeners calls the user's */
    Connector(
            Loop loop,
            ClientOptions options,
            Transports transports,
            RandomGenerator random,
            Consumer<Consumer<ConnectionListener>> listeners) {
        this.loop = loop;
        this.options = options;
        this.choice = new TransportChoice(options);
        this.transports = transports;
        this.backoff = new Backoff(options.reconnection(), random);
        this.retry = new Alarm(loop, now -> reconnect());
        this.news = new ConnectionNews(listeners);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Which link that is, or was the last one: what was asked on an earlier one is not answered any more. */
    int linkNumber() {
        return linkNumber;
    }

    /** The transport that carries the connection; null unless there is one. Any thread. */
    @Nullable
    TransportKind transport() {
        return transport;
    }

    /** A socket wants a connection. */
    void open(SocketState socket) {
        sockets.put(socket.namespace(), socket);
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
        busy.clear();
        link = new Link(loop, options, transports, kind, this);
    }

    /** A link has its session. */
    void opened(Link opened) {
        if (opened != link) {
            return;
        }
        state = State.OPEN;
        var kind = opened.transport();
        transport = kind;
        choice.worked(kind);
        news.opened(kind);
        backoff.reset();
        for (var socket : List.copyOf(sockets.values())) {
            socket.connectionOpened();
        }
    }

    /** A link goes on over another transport. */
    void upgraded(Link upgraded) {
        if (upgraded == link) {
            var kind = upgraded.transport();
            transport = kind;
            choice.worked(kind);
            news.upgraded(kind);
        }
    }

    void receive(Link from, SocketPacket packet) {
        var socket = from == link ? sockets.get(packet.namespace()) : null;
        if (socket != null) {
            socket.receive(packet);
        }
    }

    /** A link has ended. */
    void closed(Link closed, CloseReason reason) {
        if (closed != link) {
            return;
        }
        link = null;
        transport = null;
        farewells.await(closed);
        var failure = closed.failure();
        if (state == State.OPENING) {
            failed(Failures.toConnect(options.server(), reason, failure));
            return;
        }
        var end = new Disconnection(DisconnectReason.of(reason), failure == null ? "" : failure.message());
        news.closed(end);
        boolean wanted = isWanted();
        boolean last = backoff.exhausted();
        for (var socket : List.copyOf(sockets.values())) {
            socket.connectionClosed(end, Failures.toConnect(reason, failure), last);
        }
        waitOrRest(wanted);
    }

    private void failed(ConnectFailedException failure) {
        var next = choice.next();
        if (next != null) {
            startOver(next);
            return;
        }
        boolean wanted = isWanted();
        boolean last = backoff.exhausted();
        for (var socket : List.copyOf(sockets.values())) {
            socket.connectionFailed(failure, last);
        }
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
    void hurry() {
        backoff.hurry();
        checkHeartbeat();
        if (state == State.WAITING) {
            retry.set(Long.MAX_VALUE);
            reconnect();
        } else if (state == State.OPENING && loop.nowMillis() - startedMillis >= STALE_MILLIS) {
            endLink();
            start();
        }
        List.copyOf(sockets.values()).forEach(SocketState::hurry);
    }

    /** Ends the link, if there is one, without a word to those who use it; whether there was one. */
    private boolean endLink() {
        var last = link;
        link = null;
        transport = null;
        if (last == null) {
            return false;
        }
        last.close();
        farewells.await(last);
        return true;
    }

    private boolean isWanted() {
        return sockets.values().stream().anyMatch(SocketState::isActive);
    }

    /** A socket does not want the connection any more; it ends with the last one. */
    void release() {
        if (isWanted()) {
            return;
        }
        retry.set(Long.MAX_VALUE);
        backoff.reset();
        boolean wasOpen = state == State.OPEN;
        state = State.IDLE;
        if (endLink() && wasOpen) {
            news.closed(Disconnection.of(DisconnectReason.IO_CLIENT_DISCONNECT));
        }
    }

    /**
     * The connection is of no use: the server does not answer there.
     *
     * @param why for those who have no other reason
     */
    void abandon(String why) {
        var silent = link;
        if (silent != null) {
            silent.fail(new TransportFailure(TransportFailure.Kind.TIMEOUT, why, null));
        }
    }

    /** Completed once nothing is left of all links that have ended. */
    CompletableFuture<Void> ended() {
        return farewells.ended();
    }

    /** Ends a connection that is dead, before something is sent over it. */
    void checkHeartbeat() {
        if (link != null) {
            link.checkHeartbeat();
        }
    }

    /** A socket has too much to do: the server has to wait, unless somebody waits for its answer. */
    void rest(SocketState socket) {
        if (busy.add(socket)) {
            answersAwaited();
        }
    }

    /** A socket has done its work. */
    void readAgain(SocketState socket) {
        if (busy.remove(socket)) {
            answersAwaited();
        }
    }

    /** More or fewer answers are awaited than before: a handler may wait for one, and go on only then. */
    void answersAwaited() {
        if (link != null && (!busy.isEmpty() || link.rests())) {
            link.reading(busy.isEmpty() || sockets.values().stream().anyMatch(SocketState::awaitsAnswer));
        }
    }

    boolean writable() {
        return link != null && link.writable();
    }

    void send(List<EnginePacket> packets) {
        if (link != null) {
            link.send(packets);
        }
    }

    void withdraw(List<EnginePacket> packets) {
        if (link != null) {
            link.withdraw(packets);
        }
    }

    /** Whether any socket is connected; a connection that serves nobody may be ended. */
    boolean serves() {
        return sockets.values().stream().anyMatch(SocketState::isConnected);
    }

    private enum State {
        IDLE,
        OPENING,
        OPEN,
        WAITING
    }
}
