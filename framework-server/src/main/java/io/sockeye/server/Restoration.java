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
        if (wish == null) {
            otherwise.run();
            return;
        }
        Runnable again = () -> connection.shard().execute(() -> start(recovery, connection, candidate, otherwise));
        var claim = recovery.claim(wish.pid(), candidate.namespace(), again);
        var claimed = claim.socket();
        if (claimed != null) {
            var restoration = new Restoration(recovery, claimed, connection, candidate, wish, otherwise);
            claimed.connection().shard().execute(restoration::putAway);
        } else if (!claim.later()) {
            otherwise.run();
        }
    }

    /** An old connection may still live: it has no use any more, unless the wish is older than what came over it. */
    private void putAway() {
        if (old.membership().missed(wish.offset()) == null) {
            old.membership().unclaim();
            recovery.settled(wish.pid());
            connection.shard().execute(otherwise);
            return;
        }
        if (old.isConnected()) {
            old.connection().abandon();
        }
        var rooms = old.membership().awayFrom();
        connection.shard().execute(() -> collect(rooms));
    }

    private void collect(Set<String> rooms) {
        var log = new RecoveryLog(recovery, wish.pid());
        var socket = new Socket(old, connection, candidate.with(old.data()), log);
        socket.collect(rooms);
        // A broadcast that this loop knew before may still be on its way to the other one.
        recovery.postings().afterThosePresent(() -> old.connection().shard().execute(() -> take(socket, log, rooms)));
    }

    private void take(Socket socket, RecoveryLog log, Set<String> rooms) {
        var missed = old.membership().missed(wish.offset());
        var roomsNow = old.membership().awayFrom();
        old.membership().forget();
        old.succession().follow(socket);
        connection.shard().execute(() -> {
            follow(socket, rooms, roomsNow);
            resume(socket, log, missed);
        });
    }

    /** What happened to the old one's rooms meanwhile happens to the new one's. */
    private static void follow(Socket socket, Set<String> before, Set<String> after) {
        after.stream().filter(room -> !before.contains(room)).forEach(socket::join);
        before.stream().filter(room -> !after.contains(room)).forEach(socket::leave);
    }

    private void resume(Socket socket, RecoveryLog log, @Nullable List<Outgoing> missed) {
        // Meanwhile it may have been disconnected.
        boolean wanted = socket.membership().isComing();
        if (missed == null || !wanted || !log.precede(missed, wish.offset()) || !fits(log)) {
            socket.membership().forget();
            recovery.settled(wish.pid());
            otherwise.run();
            return;
        }
        socket.data().putAll(candidate.data());
        recovery.add(socket, log.pid());
        socket.membership().resume();
        connection.joins().resume(socket, log);
        recovery.settled(wish.pid());
    }

    /** Whether it can be sent at once. */
    private boolean fits(RecoveryLog log) {
        return log.packetBytes() <= old.context().engine().limits().outboxBytes();
    }
}
