package io.sockeye.server.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.Sockets;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.RecoveryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ParkedSessionsTest {
    private final Budget budget = new Budget(400_000);
    private final ParkedSessions sessions = new ParkedSessions(2, 1_000, budget);
    private final List<String> found = new ArrayList<>();

    private static ParkedSession session(String pid) {
        return session(pid, Set.of());
    }

    private static ParkedSession session(String pid, Set<String> rooms) {
        return new ParkedSession(Sockets.session(pid), rooms, new RecoveryState(pid), 0);
    }

    private void live(String pid) {
        sessions.live(Sockets.unconnected(pid), new RecoveryState(pid));
    }

    private void find(String pid, boolean fits) {
        sessions.find(
                pid,
                new ParkedSessions.Wanted() {
                    @Override
                    public boolean fits(ParkedSession session) {
                        return fits;
                    }

                    @Override
                    public void parked(ParkedSession session) {
                        found.add("parked " + session.pid());
                    }

                    @Override
                    public void live(LocalSocket socket, RecoveryState state) {
                        found.add("live " + socket.id());
                    }

                    @Override
                    public void unknown() {
                        found.add("unknown");
                    }
                },
                () -> found.add("again"));
    }

    @Test
    @DisplayName("#4880: a session is given to one client at a time, and may be given again")
    void givesASessionToOneAtATime() {
        live("ann");
        find("ann", true);
        sessions.park(session("ann"), 0);
        find("ann", true);
        find("ann", true);
        assertThat(found).containsExactly("live ann", "parked ann");
        live("ann");
        assertThat(found).containsExactly("live ann", "parked ann", "again");
        find("ann", true);
        assertThat(found).endsWith("live ann");
    }

    @Test
    void keepsASessionThatDoesNotFit() {
        sessions.park(session("ann"), 0);
        find("ann", false);
        find("ann", true);
        assertThat(found).containsExactly("unknown", "parked ann");
    }

    @Test
    void parksATakenSessionAgain() {
        sessions.park(session("ann"), 0);
        find("ann", true);
        find("ann", true);
        sessions.park(session("ann"), 0);
        assertThat(found).containsExactly("parked ann", "again");
        find("ann", true);
        assertThat(found).endsWith("parked ann");
    }

    @Test
    void whatIsResumedAsSoonAsOtherServersCannotHaveItIsWaitedFor() {
        live("ann");
        sessions.park(session("ann"), 0);
        find("ann", true);
        sessions.leaves("ann");
        find("ann", true);
        assertThat(found).containsExactly("parked ann");
        live("ann");
        assertThat(found).endsWith("again");
    }

    @Test
    void forgetsWhoIsAwayTheLongest() {
        assertThat(sessions.park(session("ann"), 0)).isEmpty();
        assertThat(sessions.park(session("bob"), 1)).isEmpty();
        assertThat(sessions.park(session("cid"), 2))
                .extracting(ParkedSession::pid)
                .containsExactly("ann");
        assertThat(sessions.size()).isEqualTo(2);
        find("ann", true);
        assertThat(found).containsExactly("unknown");
    }

    @Test
    void forgetsWhoIsAwayForTooLong() {
        sessions.park(session("ann"), 0);
        sessions.park(session("bob"), 500);
        sessions.expire(1_000, session -> found.add(session.pid()));
        assertThat(found).isEmpty();
        sessions.expire(1_001, session -> found.add(session.pid()));
        assertThat(found).containsExactly("ann");
        assertThat(sessions.size()).isEqualTo(1);
    }

    @Test
    void chargesThoseWhoseClientIsAway() {
        sessions.park(session("ann", Set.of("red", "blue")), 0);
        assertThat(budget.heldBytes()).isEqualTo(1_024 + 83 + 84);
        sessions.park(session("bob"), 500);
        assertThat(budget.heldBytes()).isEqualTo(1_024 + 83 + 84 + 1_024);
        find("bob", true);
        sessions.expire(1_001, session -> found.add(session.pid()));
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void forgetsTheOldestThatTakeMoreThanAQuarterOfTheMemory() {
        var many = new ParkedSessions(1_000, 1_000, budget);
        for (int i = 0; i < 6; i++) {
            assertThat(many.park(session("s" + i, Set.of("x".repeat(15_000))), i))
                    .isEmpty();
        }
        assertThat(many.park(session("s6", Set.of("x".repeat(15_000))), 6))
                .extracting(ParkedSession::pid)
                .containsExactly("s0");
        assertThat(many.size()).isEqualTo(6);
        assertThat(budget.heldBytes()).isEqualTo(6 * 16_104);
    }

    @Test
    void keepsNoneThatTakesVeryMuchByItself() {
        var large = session("ann", Set.of("x".repeat(15_281)));
        assertThat(sessions.park(large, 0)).containsExactly(large);
        find("ann", true);
        assertThat(found).containsExactly("unknown");
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void isEmptyWhenAllHaveEnded() {
        live("ann");
        sessions.ifEmpty(() -> found.add("empty"));
        sessions.end("ann");
        sessions.park(session("bob"), 0);
        sessions.ifEmpty(() -> found.add("empty"));
        find("bob", true);
        sessions.ifEmpty(() -> found.add("empty"));
        assertThat(found).containsExactly("parked bob");
        sessions.end("bob");
        sessions.ifEmpty(() -> found.add("empty"));
        assertThat(found).endsWith("empty");
    }
}
