package io.sockeye.client;

import io.sockeye.client.http.TransportFailure;
import io.sockeye.client.http.Transports;
import io.sockeye.engine.CloseReason;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.TransportKind;
import io.sockeye.socket.SocketPacket;
import java.util.ArrayList;
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
    private final Loop loop;
    private final ClientOptions options;
    private final Transports transports;
    private final TransportChoice choice;
    private final Backoff backoff;
    private final Alarm retry;
    private final Consumer<Consumer<ConnectionListener>> listeners;
    private final Map<String, SocketState> sockets = new LinkedHashMap<>();
    /** Those that have too much to do. */
    private final Set<SocketState> busy = new HashSet<>();
    /** Of links that say goodbye. */
    private final List<CompletableFuture<Void>> farewells = new ArrayList<>();

    private State state = State.IDLE;
    /** Null while idle or waiting. */
    private @Nullable Link link;
    /** Tells links apart. */
    private int linkNumber;
    /** Which attempt to connect again this is; 0 while it is none. */
    private int attempt;
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
        this.listeners = listeners;
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
            attempt = 0;
            start();
        }
    }

    private void start() {
        state = State.OPENING;
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
        listeners.accept(listener -> listener.opened(kind));
        if (attempt > 0) {
            int succeeded = attempt;
            listeners.accept(listener -> listener.reconnected(succeeded));
        }
        attempt = 0;
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
            listeners.accept(listener -> listener.upgraded(kind));
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
        watch(closed);
        var failure = closed.failure();
        if (state == State.OPENING) {
            failed(Failures.toConnect(options.server(), reason, failure));
            return;
        }
        var end = new Disconnection(DisconnectReason.of(reason), failure == null ? "" : failure.message());
        listeners.accept(listener -> listener.closed(end));
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
        if (attempt > 0) {
            int failed = attempt;
            listeners.accept(listener -> listener.reconnectError(failed, failure));
        }
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
                listeners.accept(ConnectionListener::reconnectFailed);
            }
            return;
        }
        state = State.WAITING;
        retry.set(loop.nowMillis() + backoff.nextDelayMillis());
    }

    private void reconnect() {
        attempt = backoff.attempts();
        int number = attempt;
        listeners.accept(listener -> listener.reconnectAttempt(number));
        start();
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
        var last = link;
        boolean wasOpen = state == State.OPEN;
        link = null;
        transport = null;
        state = State.IDLE;
        if (last == null) {
            return;
        }
        last.close();
        watch(last);
        if (wasOpen) {
            listeners.accept(listener -> listener.closed(Disconnection.of(DisconnectReason.IO_CLIENT_DISCONNECT)));
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

    private void watch(Link ending) {
        farewells.removeIf(CompletableFuture::isDone);
        farewells.add(ending.ended());
    }

    /** Completed once nothing is left of all links that have ended. */
    CompletableFuture<Void> ended() {
        return CompletableFuture.allOf(farewells.toArray(CompletableFuture[]::new));
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
