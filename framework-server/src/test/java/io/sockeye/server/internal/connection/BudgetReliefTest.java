package io.sockeye.server.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetReliefTest {
    private static final long LIMIT = 10_000_000;

    private final Budget budget = new Budget(LIMIT);
    private final List<Client> clients = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private long others;
    /** When the other loops have looked last. */
    private long othersLookedMillis = Long.MAX_VALUE;

    private long nowMillis;
    private final BudgetRelief relief = new BudgetRelief(budget, this::tell, new BudgetRelief.Others() {
        @Override
        public boolean lookedSince(Budget asked, long millis) {
            return othersLookedMillis > millis;
        }

        @Override
        public long most(Budget asked) {
            return others;
        }
    });

    private record Client(String name, long bytes, boolean away) {}

    private void client(String name, long bytes, boolean away) {
        clients.add(new Client(name, bytes, away));
        budget.add(bytes);
    }

    private void tell(long atLeast, BudgetRelief.Holders holders) {
        for (var client : clients) {
            if (holders.wants(client.bytes(), atLeast)) {
                holders.add(client.bytes(), client.away(), () -> end(client));
            }
        }
    }

    private void end(Client client) {
        clients.remove(client);
        ended.add(client.name());
        if (client.name().equals("failing")) {
            throw new IllegalStateException("of the test");
        }
        budget.add(-client.bytes());
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            nowMillis += 20;
            relief.look(nowMillis);
        }
    }

    @Test
    void endsNobodyBelowNineTenths() {
        client("a", 8_900_000, false);
        look(3);
        assertThat(ended).isEmpty();
        assertThat(relief.most()).isEqualTo(8_900_000);
    }

    @Test
    void knowsOfNobodyWhileThereIsEnough() {
        client("a", 7_000_000, false);
        look(1);
        assertThat(relief.most()).isZero();
    }

    @Test
    void endsTheLargestOnceTheOtherLoopsHaveSaidWhatTheyHold() {
        client("a", 2_000_000, false);
        client("b", 5_000_000, false);
        client("c", 2_500_000, false);
        look(1);
        assertThat(ended).isEmpty();
        look(1);
        assertThat(ended).containsExactly("b");
    }

    @Test
    void leavesItToALoopWhoseLargestIsLarger() {
        others = 5_000_001;
        client("a", 5_000_000, false);
        client("b", 4_500_000, false);
        look(3);
        assertThat(ended).isEmpty();
        others = 0;
        look(1);
        assertThat(ended).containsExactly("a");
    }

    /** Such as a busy one, whose clients hold the most. */
    @Test
    void waitsForALoopThatIsLate() {
        client("a", 5_000_000, false);
        client("b", 4_500_000, false);
        look(1);
        othersLookedMillis = nowMillis;
        look(2);
        assertThat(ended).isEmpty();
        othersLookedMillis++;
        look(1);
        assertThat(ended).containsExactly("a");
    }

    @Test
    void doesNotWaitForALoopThatStandsStill() {
        client("a", 9_500_000, false);
        look(1);
        othersLookedMillis = nowMillis;
        look(9);
        assertThat(ended).isEmpty();
        look(1);
        assertThat(ended).containsExactly("a");
    }

    @Test
    void endsWhoIsAwayFirstWhereTheyHoldAboutAsMuch() {
        client("here", 4_000_000, false);
        client("away", 3_000_000, true);
        client("far away, with little", 1_900_000, true);
        client("here, too", 500_000, false);
        look(2);
        assertThat(ended).containsExactly("away");
    }

    /** The others have their turn. */
    @Test
    void goesOnIfOneCannotBeEnded() {
        client("failing", 5_000_000, false);
        client("a", 4_900_000, false);
        look(2);
        assertThat(ended).containsExactly("failing", "a");
    }

    @Test
    void endsManyWhoHoldLittle() {
        for (int i = 0; i < 3_000; i++) {
            client("c" + i, 30_000, false);
        }
        look(3);
        assertThat(budget.heldBytes()).isLessThan(LIMIT / 10 * 9);
        assertThat(ended).hasSize(3_000 - 299);
    }

    @Test
    void sparesWhoHoldsLessThanFourKilobytes() {
        for (int i = 0; i < 3_000; i++) {
            client("c" + i, 4_095, false);
        }
        look(3);
        assertThat(ended).isEmpty();
        client("a", 4_096, false);
        look(1);
        assertThat(ended).containsExactly("a");
    }
}
