package io.sockeye.testbed.simulation;

import io.sockeye.server.ClusterLog;
import io.sockeye.server.SessionClaim;
import io.sockeye.server.StoredSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the servers of a cluster share: one log, a store of sessions, and messages to all. */
final class SimulatedBus {
    private final Ledger ledger;
    private final Schedule schedule;
    private final List<BusMember> members = new ArrayList<>();
    private final List<Appended> log = new ArrayList<>();
    private final Map<String, Parked> sessions = new HashMap<>();

    private int nodes;

    SimulatedBus(Ledger ledger, Schedule schedule) {
        this.ledger = ledger;
        this.schedule = schedule;
    }

    /** An entry of the log, and who has appended it. */
    record Appended(int number, BusMember by, ClusterLog.Entry entry) {
        String offset() {
            return "bus." + Integer.toString(number, Ledger.RADIX);
        }
    }

    /** A name that no other server has or had. */
    String nextNode() {
        return String.format("n%03d", nodes++);
    }

    void join(BusMember member) {
        members.add(member);
    }

    void leave(BusMember member) {
        members.remove(member);
    }

    List<Appended> log() {
        return log;
    }

    void append(BusMember by, ClusterLog.Entry entry) {
        var appended = new Appended(log.size() + 1, by, entry);
        log.add(appended);
        if (entry instanceof ClusterLog.Emitted emitted) {
            ledger.logged(emitted.arguments().get(1, int.class));
        }
        members.forEach(member -> member.tell(() -> member.read(appended)));
    }

    /** Tells all others. */
    void publish(BusMember by, Consumer<BusMember> what) {
        for (var member : members) {
            if (member != by) {
                member.tell(() -> what.accept(member));
            }
        }
    }

    void park(StoredSession session, Duration time) {
        sessions.put(session.pid(), new Parked(session, schedule.nowMillis() + time.toMillis()));
    }

    @Nullable
    StoredSession parked(String pid) {
        var parked = sessions.get(pid);
        return parked == null || parked.untilMillis < schedule.nowMillis() ? null : parked.session;
    }

    private record Parked(StoredSession session, long untilMillis) {}

    void take(String pid) {
        sessions.remove(pid);
    }

    /** Asks all others to give a session up. */
    CompletableFuture<Boolean> release(BusMember by, SessionClaim claim) {
        var answer = CompletableFuture.completedFuture(false);
        for (var member : members) {
            if (member != by) {
                answer = answer.thenCombine(member.ask(claim), Boolean::logicalOr);
            }
        }
        return answer;
    }
}
