package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ParkedSessionsTest {
    private final ParkedSessions sessions = new ParkedSessions(2, 1_000);
    private final List<String> found = new ArrayList<>();

    private static ParkedSession session(String pid) {
        return new ParkedSession(Sockets.session(pid), Set.of(), new RecoveryState(pid), 0);
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
                    public void live(Socket socket, RecoveryState state) {
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
    void forgetsWhoIsAwayTheLongest() {
        assertThat(sessions.park(session("ann"), 0)).isNull();
        assertThat(sessions.park(session("bob"), 1)).isNull();
        assertThat(Objects.requireNonNull(sessions.park(session("cid"), 2)).pid())
                .isEqualTo("ann");
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
