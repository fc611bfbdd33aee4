package io.sockeye.server.internal.connection;

import io.sockeye.protocol.CloseReason;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends sessions of one shard to make room for new ones, those first that look least alive. Owned by the loop. */
final class Eviction {
    private static final Logger log = LoggerFactory.getLogger(Eviction.class);

    /** Who polls and has not done so for this time has likely gone. A poll is heard of when it comes, and waits for a ping at most. */
    private static final long AWAY_MILLIS = 5_000;

    private final Shard shard;
    /** How many sessions may still go, on all loops together. */
    private final AtomicInteger left;

    /** @param left shared by all loops */
    Eviction(Shard shard, AtomicInteger left) {
        this.shard = shard;
        this.left = left;
    }

    /** How many go if one goes of so many. */
    static AtomicInteger share(int sessions, int part) {
        return new AtomicInteger((sessions + part - 1) / part);
    }

    /** Ends one session of so many that come from an address, as long as there are any left that may go. */
    void endPart(String address, int part) {
        var theirs = shard.connections().stream()
                .filter(connection -> connection.presence().address().equals(address))
                .toList();
        end(theirs, (theirs.size() + part - 1) / part, life -> true);
    }

    /**
     * Ends one session of so many that there are, as far as their clients have not asked for anything for long.
     *
     * @param pollMillis how long a poll may wait
     */
    void endAway(int part, long pollMillis) {
        long now = shard.nowMillis();
        int count = (shard.connectionCount() + part - 1) / part;
        long away = pollMillis + AWAY_MILLIS;
        end(shard.connections(), count, life -> life.isAway() && now - life.sinceMillis() >= away);
    }

    private void end(Collection<Connection> connections, int count, Predicate<Liveness> meant) {
        long now = shard.nowMillis();
        var first = candidates(connections, now).stream()
                .filter(each -> meant.test(each.life()))
                .sorted()
                .limit(count)
                .toList();
        for (var each : first) {
            if (left.getAndDecrement() <= 0) {
                return;
            }
            end(each.connection());
        }
    }

    private static List<Candidate> candidates(Collection<Connection> connections, long nowMillis) {
        return connections.stream()
                .map(connection ->
                        new Candidate(connection, connection.presence().life(nowMillis)))
                .toList();
    }

    static void end(Connection connection) {
        try {
            var session = connection.session();
            session.abort(CloseReason.TOO_MANY_SESSIONS);
            session.transport().cut(); // Else its WebSocket would stay until its peer answers the goodbye.
        } catch (Throwable e) { // The others still have to go.
            log.debug("a session that went for a new one ended by {}", e.toString());
        }
    }

    private record Candidate(Connection connection, Liveness life) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            return life.compareTo(other.life);
        }
    }
}
