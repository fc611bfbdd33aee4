package io.sockeye.server;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a client the session back that it had on another connection, perhaps of another loop. Each step runs on the loop
 * of the old or the new connection.
 *
 * <pre>
 *   old loop   1 put away ──┐             ┌── 3 take: rooms, what was missed ──┐
 *   new loop                └─ 2 await ───┘                                    └── 4 resume, or begin anew
 * </pre>
 *
 * <p>Nothing is lost and nothing comes twice, since the {@link Succession} gives each thing that happens to the client to
 * one socket only: in step 2 the new one follows, and owns what begins from then on. What began before belongs to the old
 * one, and is done to it before step 3: that is posted when all of it has been posted to the old loop. What belongs to the
 * new one waits there, in order, until step 4 has given it the rooms and what was missed. So all that the old one owns
 * comes before all that the new one owns, and each loop keeps the order of each thread, as always.
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
        if (old.connected()) {
            old.connection().abandon();
        }
        connection.shard().execute(this::await);
    }

    private void await() {
        var log = new RecoveryLog(recovery, wish.pid());
        var socket = new Socket(old, connection, candidate.with(old.data()), log);
        socket.membership().await();
        var oldShard = old.connection().shard();
        // Posted, also by its own loop: after all that belongs to the old one and is known to that loop by then.
        old.succession().follow(socket, recovery.postings(), () -> oldShard.post(() -> take(socket, log)));
    }

    private void take(Socket socket, RecoveryLog log) {
        var missed = old.membership().missed(wish.offset());
        var rooms = old.membership().awayFrom();
        old.membership().forget();
        connection.shard().execute(() -> resume(socket, log, missed, rooms));
    }

    private void resume(Socket socket, RecoveryLog log, @Nullable List<Outgoing> missed, Set<String> rooms) {
        // Meanwhile it may have been disconnected.
        if (missed == null || !fits(missed)) {
            socket.membership().forget();
            recovery.settled(wish.pid());
            otherwise.run();
            return;
        }
        socket.data().putAll(candidate.data());
        log.begin(missed, wish.offset());
        recovery.add(socket, log.pid());
        socket.arrive(rooms);
        connection.joins().resume(socket, log);
        socket.membership().catchUp();
        recovery.settled(wish.pid());
    }

    /** Whether it can be sent at once. */
    private boolean fits(List<Outgoing> missed) {
        long bytes = missed.stream().mapToLong(Outgoing::packetBytes).sum();
        return bytes <= old.context().engine().limits().outboxBytes();
    }
}
