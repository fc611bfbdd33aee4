package io.sockeye.server.internal.connection;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.adapter.SessionClaim;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.recovery.ParkedSession;
import io.sockeye.server.internal.recovery.ParkedSessions;
import io.sockeye.server.internal.recovery.Recovery;
import io.sockeye.server.internal.recovery.SessionExchange;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.RecoveryState;
import java.util.List;
import java.util.Objects;

/**
 * Gives a client the session back that it had on another connection. Owned by the loop of the new connection.
 *
 * <p>The new socket begins while no number can be drawn: it is sent all that the log has up to the last one, and takes from
 * the deliveries what has a higher one. So nothing is lost, and nothing comes twice or out of order.
 */
final class Restoration implements ParkedSessions.Wanted {
    private final Recovery recovery;
    private final Connection connection;
    private final ConnectContext candidate;
    private final SessionClaim claim;
    /** Where the client is, which it has entered. */
    private final LocalNamespace namespace;
    /** Called on the loop if there is nothing to give back. */
    private final Runnable ifNotRestored;

    private Restoration(
            Connection connection,
            ConnectContext candidate,
            SessionClaim claim,
            LocalNamespace namespace,
            Runnable ifNotRestored) {
        this.recovery = Objects.requireNonNull(connection.core().recovery());
        this.connection = connection;
        this.candidate = candidate;
        this.claim = claim;
        this.namespace = namespace;
        this.ifNotRestored = ifNotRestored;
    }

    /**
     * On the loop of the new connection: resumes the session that the candidate names, otherwise does something else.
     *
     * @param namespace which the candidate has entered
     */
    static void start(
            Connection connection, ConnectContext candidate, LocalNamespace namespace, Runnable ifNotRestored) {
        var claim = Recovery.claim(candidate.namespace(), candidate.handshake());
        if (claim == null) {
            ifNotRestored.run();
            return;
        }
        new Restoration(connection, candidate, claim, namespace, ifNotRestored).findSession();
    }

    /** A client that has gone meanwhile takes its session from nobody. */
    private void findSession() {
        if (!connection.isOpen()) {
            ifNotRestored.run();
            return;
        }
        recovery.sessions().find(claim.pid(), this, this::findSessionLater);
    }

    /** Not at once: what is being done to the session comes first. */
    private void findSessionLater() {
        connection.shard().post(this::findSession);
    }

    @Override
    public boolean fits(ParkedSession session) {
        return recovery.fits(claim, session.namespace().name(), session.state());
    }

    /** The old connection has no use any more, unless the wish is older than what came over it. */
    @Override
    public void live(LocalSocket socket, RecoveryState state) {
        socket.connection().loop().execute(() -> {
            if (!socket.connected()) {
                findSessionLater();
            } else if (recovery.fits(claim, socket.namespace().name(), state)) {
                socket.connection().abandon();
                findSessionLater();
            } else {
                connection.shard().execute(ifNotRestored);
            }
        });
    }

    @Override
    public void unknown() {
        var exchange = recovery.exchange();
        if (exchange == null || !connection.isOpen()) {
            ifNotRestored.run();
            return;
        }
        var other = exchange.begin(claim.pid());
        if (other != null) {
            other.thenRun(this::findSessionLater);
            return;
        }
        exchange.take(claim, stored -> exchange.stored().fits(claim, stored))
                .thenRun(() -> connection.shard().execute(() -> giveBack(exchange)));
    }

    private void giveBack(SessionExchange exchange) {
        try {
            var taken = exchange.taken(claim.pid());
            if (taken == null) {
                ifNotRestored.run();
            } else {
                giveBack(
                        exchange.stored()
                                .restored(taken, namespace, connection.shard().loop()),
                        () -> {});
            }
        } finally {
            exchange.settled(claim.pid());
        }
    }

    @Override
    public void parked(ParkedSession session) {
        // A parked session is a member of the namespace, a socket by itself, too.
        giveBack(session, () -> session.namespace().leave());
    }

    /** @param release what is done when the session is not parked any more */
    private void giveBack(ParkedSession session, Runnable release) {
        var found = recovery.resume(session, claim.offset());
        if (found == null || !fitIntoOutbox(found.missed())) {
            recovery.end(session.state());
            release.run();
            ifNotRestored.run();
            return;
        }
        resume(session, found);
        release.run();
    }

    private boolean fitIntoOutbox(List<List<EnginePacket>> missed) {
        long bytes = missed.stream().mapToLong(EnginePacket::heldBytes).sum();
        return bytes <= connection.context().engine().limits().outboxBytes();
    }

    private void resume(ParkedSession parked, ParkedSession.Return found) {
        var session = parked.session();
        var socket = new LocalSocket(session, connection.sockets(), candidate.handshake(), found.rooms());
        socket.data().putAll(candidate.data());
        var shard = connection.shard();
        session.mailboxes().moveTo(shard.loop());
        session.namespace().rooms(shard.rooms()).add(socket, found.rooms());
        recovery.sessions().live(socket, parked.state());
        connection.joins().resume(socket, parked.state(), found.missed());
    }
}
