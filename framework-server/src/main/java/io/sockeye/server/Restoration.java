package io.sockeye.server;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a client the session back that it had on another connection, perhaps of another loop. Each step runs on the loop
 * of the old or the new connection. The new socket collects events before the old one stops to, so that none is lost
 * between them; what both have counts once.
 *
 * <pre>
 *   old loop   1 put away ──┐             ┌── 3 take what was missed ──┐
 *   new loop                └─ 2 collect ─┘                            └── 4 resume, or begin anew
 * </pre>
 */
final class Restoration {
    private final Socket old;
    private final Connection connection;
    private final ConnectContext candidate;
    private final RecoveryWish wish;
    private final Recovery recovery;
    /** Called on the new loop if there is nothing to give back. */
    private final Runnable otherwise;

    private Restoration(
            Recovery recovery,
            Socket old,
            Connection connection,
            ConnectContext candidate,
            RecoveryWish wish,
            Runnable otherwise) {
        this.old = old;
        this.connection = connection;
        this.candidate = candidate;
        this.wish = wish;
        this.recovery = recovery;
        this.otherwise = otherwise;
    }

    /** On the loop of the new connection: resumes the session that the candidate names, otherwise does something else. */
    static void start(Recovery recovery, Connection connection, ConnectContext candidate, Runnable otherwise) {
        var wish = RecoveryWish.of(candidate.handshake());
        var claimed = wish == null ? null : recovery.claim(wish.pid(), candidate.namespace());
        if (wish == null || claimed == null) {
            otherwise.run();
            return;
        }
        var known = candidate.with(claimed.data());
        var restoration = new Restoration(recovery, claimed, connection, known, wish, otherwise);
        claimed.connection().shard().execute(restoration::putAway);
    }

    /** An old connection may still live: it has no use any more. */
    private void putAway() {
        if (old.isConnected()) {
            old.connection().abandon();
        }
        var rooms = old.membership().awayFrom();
        connection.shard().execute(() -> collect(rooms));
    }

    private void collect(Set<String> rooms) {
        var log = new RecoveryLog(recovery, wish.pid());
        var socket = new Socket(old, connection, candidate, log);
        socket.collect(rooms);
        old.connection().shard().execute(() -> take(socket, log));
    }

    private void take(Socket socket, RecoveryLog log) {
        var missed = old.membership().missed(wish.offset());
        old.membership().forget();
        connection.shard().execute(() -> resume(socket, log, missed));
    }

    private void resume(Socket socket, RecoveryLog log, @Nullable List<Outgoing> missed) {
        if (missed == null) {
            socket.membership().forget();
            otherwise.run();
            return;
        }
        log.precede(missed, wish.offset());
        recovery.add(socket, log.pid());
        socket.membership().resume();
        connection.joins().resume(socket, log);
    }
}
