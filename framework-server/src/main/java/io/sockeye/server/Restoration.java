package io.sockeye.server;

import java.util.List;

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
    private final RecoveryWish wish;
    /** Called on the loop if there is nothing to give back. */
    private final Runnable otherwise;

    private Restoration(
            Recovery recovery, Connection connection, ConnectContext candidate, RecoveryWish wish, Runnable otherwise) {
        this.recovery = recovery;
        this.connection = connection;
        this.candidate = candidate;
        this.wish = wish;
        this.otherwise = otherwise;
    }

    /** On the loop of the new connection: resumes the session that the candidate names, otherwise does something else. */
    static void start(Recovery recovery, Connection connection, ConnectContext candidate, Runnable otherwise) {
        var wish = RecoveryWish.of(candidate.handshake());
        if (wish == null) {
            otherwise.run();
            return;
        }
        new Restoration(recovery, connection, candidate, wish, otherwise).look();
    }

    private void look() {
        recovery.sessions().find(wish.pid(), this, this::lookAgain);
    }

    /** Not at once: what is being done to the session comes first. */
    private void lookAgain() {
        connection.shard().post(this::look);
    }

    @Override
    public boolean fits(ParkedSession session) {
        return isWanted(session.namespace()) && knowsWhatIsMissed(session.state());
    }

    private boolean isWanted(Namespace namespace) {
        return namespace.name().equals(candidate.namespace());
    }

    private boolean knowsWhatIsMissed(RecoveryState state) {
        return state.missedAfter(recovery.number(wish.offset())) >= 0;
    }

    /** The old connection has no use any more, unless the wish is older than what came over it. */
    @Override
    public void live(Socket socket, RecoveryState state) {
        if (!isWanted(socket.namespace())) {
            otherwise.run();
            return;
        }
        socket.connection().shard().execute(() -> {
            if (!socket.connected()) {
                lookAgain();
            } else if (knowsWhatIsMissed(state)) {
                socket.connection().abandon();
                lookAgain();
            } else {
                connection.shard().execute(otherwise);
            }
        });
    }

    @Override
    public void unknown() {
        otherwise.run();
    }

    @Override
    public void parked(ParkedSession session) {
        var found = recovery.resume(session, wish.offset());
        if (found == null || !fitIntoOutbox(found.missed())) {
            recovery.end(session.state());
            namespaces().leave(session.namespace());
            otherwise.run();
            return;
        }
        resume(session, found);
        // The new socket is a member of the namespace by itself.
        namespaces().leave(session.namespace());
    }

    private boolean fitIntoOutbox(List<Outgoing> missed) {
        long bytes = missed.stream().mapToLong(Outgoing::packetBytes).sum();
        return bytes <= connection.outboxBytes();
    }

    private void resume(ParkedSession parked, ParkedSession.Return found) {
        var session = parked.session();
        var socket = new Socket(session, connection, candidate.with(session.data()), found.rooms());
        socket.data().putAll(candidate.data());
        var shard = connection.shard();
        session.mailboxes().moveTo(shard);
        shard.rooms(session.namespace()).add(socket, found.rooms());
        recovery.sessions().live(socket, parked.state());
        connection.joins().resume(socket, parked.state(), found.missed());
    }

    private Namespaces namespaces() {
        return connection.namespaces();
    }
}
