package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerGateTest {
    private final HandlerGate gate = new HandlerGate(1_000_000, 1);
    private final List<String> admitted = new ArrayList<>();

    private HandlerGate.HeavyTask task(String name, long weight) {
        return task(name, weight, name);
    }

    private HandlerGate.HeavyTask task(String name, long weight, String client) {
        return new HandlerGate.HeavyTask() {
            @Override
            public long weight() {
                return weight;
            }

            @Override
            public Object client() {
                return client;
            }

            @Override
            public void admitted() {
                admitted.add(name);
            }
        };
    }

    @Test
    void letsInWhatFitsTogether() {
        assertThat(gate.enter(task("a", 400_000))).isTrue();
        assertThat(gate.enter(task("b", 600_000))).isTrue();
        assertThat(gate.enter(task("c", 70_000))).isFalse();
        assertThat(admitted).isEmpty();
    }

    @Test
    void letsInAsManyAsFitInTheOrderOfAsking() {
        var first = task("a", 900_000);
        gate.enter(first);
        gate.enter(task("b", 600_000));
        gate.enter(task("c", 500_000));
        assertThat(gate.enter(task("d", 100_000))).as("c has asked before").isFalse();
        gate.leave(first);
        assertThat(admitted).containsExactly("b");
    }

    @Test
    void whatWeighsMoreThanAllIsInsideAlone() {
        var small = task("small", 100_000);
        var large = task("large", 50_000_000);
        gate.enter(small);
        assertThat(gate.enter(large)).isFalse();
        assertThat(gate.enter(task("next", 100_000))).isFalse();
        gate.leave(small);
        assertThat(admitted).containsExactly("large");
        gate.leave(large);
        assertThat(admitted).containsExactly("large", "next");
    }

    @Test
    void whoLeavesTwiceIsCountedOnce() {
        var first = task("a", 900_000);
        gate.enter(first);
        gate.enter(task("b", 900_000));
        gate.enter(task("c", 900_000));
        gate.leave(first);
        gate.leave(first);
        assertThat(admitted).containsExactly("b");
    }

    @Test
    void whoIsWithdrawnIsNotLetInAndHoldsUpNobody() {
        var first = task("a", 600_000);
        var second = task("b", 600_000);
        gate.enter(first);
        gate.enter(second);
        gate.enter(task("c", 300_000));
        assertThat(gate.withdraw(second)).isTrue();
        assertThat(admitted).containsExactly("c");
        assertThat(gate.withdraw(second)).isFalse();
        gate.leave(first);
        assertThat(admitted).containsExactly("c");
    }

    @Test
    void whoIsInsideForLongKeepsNobodyWaiting() {
        var blocked = task("blocked", 900_000);
        gate.enter(blocked);
        gate.enter(task("a", 900_000));
        gate.enter(task("b", 900_000));
        gate.stopCountingLongRunning();
        assertThat(admitted).isEmpty();
        gate.stopCountingLongRunning();
        assertThat(admitted).containsExactly("a");
        gate.leave(blocked);
        assertThat(admitted).as("a is inside").containsExactly("a");
        gate.stopCountingLongRunning();
        gate.stopCountingLongRunning();
        assertThat(admitted).containsExactly("a", "b");
    }

    @Test
    void letsInEverybodyWhenTheServerStops() {
        gate.enter(task("a", 900_000));
        gate.enter(task("b", 900_000));
        gate.enter(task("c", 900_000));
        gate.open();
        assertThat(admitted).containsExactly("b", "c");
        assertThat(gate.enter(task("d", 900_000))).isTrue();
        assertThat(gate.pause()).isFalse();
    }

    @Test
    void knowsWhetherAMailboxRests() {
        var first = task("a", 900_000);
        gate.enter(first);
        assertThat(gate.nonePaused()).isCompleted();
        gate.enter(task("b", 900_000));
        gate.pause();
        var none = gate.nonePaused();
        gate.leave(first);
        gate.resumed();
        assertThat(none).isNotDone();
        gate.resumed();
        assertThat(none).isCompleted();
        assertThat(gate.nonePaused()).isCompleted();
    }

    @Test
    void clientsTakeTurnsHoweverManyQueuesTheyHave() {
        var first = task("first", 900_000);
        gate.enter(first);
        var many = new ArrayList<HandlerGate.HeavyTask>();
        for (int i = 0; i < 3; i++) {
            many.add(task("many" + i, 900_000, "many"));
            gate.enter(many.get(i));
        }
        var other = task("other", 900_000);
        gate.enter(other);
        assertThat(gate.waiting()).isEqualTo(4);
        gate.leave(first);
        gate.leave(many.get(0));
        gate.leave(other);
        gate.leave(many.get(1));
        assertThat(admitted).containsExactly("many0", "other", "many1", "many2");
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void whoIsWithdrawnLosesItsTurn() {
        var first = task("first", 900_000);
        gate.enter(first);
        var withdrawn = task("a", 900_000, "client");
        gate.enter(withdrawn);
        gate.enter(task("b", 900_000, "other"));
        gate.withdraw(withdrawn);
        gate.enter(task("c", 900_000, "client"));
        gate.leave(first);
        assertThat(admitted).containsExactly("b");
        assertThat(gate.waiting()).isEqualTo(1);
    }

    /** Small is what weighs up to 1,000,000 here, and 4,000,000 of 16,000,000 are for those alone. */
    @Test
    void smallOnesDoNotWaitForLargeOnes() {
        var roomy = new HandlerGate(16_000_000, 10);
        var first = task("first", 50_000_000);
        assertThat(roomy.enter(first)).isTrue();
        assertThat(roomy.enter(task("large", 50_000_000))).isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(roomy.enter(task("small" + i, 1_000_000))).isTrue();
        }
        assertThat(roomy.enter(task("fifth", 1_000_000))).isFalse();
        assertThat(admitted).isEmpty();
        roomy.leave(first);
        assertThat(admitted).as("the fifth is behind nobody but small ones").containsExactly("large");
    }

    @Test
    void smallOnesTakeWhatNoLargeOneWants() {
        var roomy = new HandlerGate(16_000_000, 10);
        var small = new ArrayList<HandlerGate.HeavyTask>();
        for (int i = 0; i < 16; i++) {
            small.add(task("small" + i, 1_000_000));
            assertThat(roomy.enter(small.get(i))).isTrue();
        }
        assertThat(roomy.enter(task("large", 12_000_000))).isFalse();
        assertThat(roomy.enter(task("next", 1_000_000))).isFalse();
        small.subList(0, 11).forEach(roomy::leave);
        assertThat(admitted).isEmpty();
        roomy.leave(small.get(11));
        assertThat(admitted).containsExactly("large");
        roomy.leave(small.get(12));
        assertThat(admitted).containsExactly("large", "next");
    }

    @Test
    void largeOnesLeaveWhatIsForSmallOnes() {
        var roomy = new HandlerGate(16_000_000, 10);
        assertThat(roomy.enter(task("a", 6_000_000))).isTrue();
        assertThat(roomy.enter(task("b", 6_000_000))).isTrue();
        assertThat(roomy.enter(task("c", 1_000_001))).isFalse();
    }

    @Test
    void whoIsInsideForMoreThanASecondCountsToAShareOfItsOwn() {
        var gateOfHandlers = new HandlerGate(1_000_000, 10);
        gateOfHandlers.enter(task("blocked", 600_000));
        gateOfHandlers.enter(task("blocked too", 600_000));
        gateOfHandlers.enter(task("a", 600_000));
        gateOfHandlers.stopCountingLongRunning();
        assertThat(admitted).isEmpty();
        gateOfHandlers.stopCountingLongRunning();
        assertThat(admitted).containsExactly("blocked too");
        for (int second = 3; second <= 10; second++) {
            gateOfHandlers.stopCountingLongRunning();
        }
        assertThat(admitted).as("that share is full").containsExactly("blocked too");
        gateOfHandlers.stopCountingLongRunning();
        assertThat(admitted).as("the first one left it").containsExactly("blocked too", "a");
    }

    @Test
    void whatIsLargerThanThatShareCountsLonger() {
        var gateOfHandlers = new HandlerGate(1_000_000, 10);
        gateOfHandlers.enter(task("blocked", 5_000_000));
        gateOfHandlers.enter(task("a", 600_000));
        for (int second = 1; second <= 10; second++) {
            gateOfHandlers.stopCountingLongRunning();
        }
        assertThat(admitted).isEmpty();
        gateOfHandlers.stopCountingLongRunning();
        assertThat(admitted).containsExactly("a");
    }

    @Test
    void thatShareIsFreeAgainOnceAHandlerIsThrough() {
        var gateOfHandlers = new HandlerGate(1_000_000, 10);
        var blocked = task("blocked", 600_000);
        var next = task("next", 600_000);
        gateOfHandlers.enter(blocked);
        gateOfHandlers.enter(next);
        gateOfHandlers.enter(task("a", 600_000));
        gateOfHandlers.stopCountingLongRunning();
        gateOfHandlers.stopCountingLongRunning();
        gateOfHandlers.leave(blocked);
        gateOfHandlers.stopCountingLongRunning();
        assertThat(admitted).containsExactly("next");
        gateOfHandlers.stopCountingLongRunning();
        assertThat(admitted).containsExactly("next", "a");
    }
}
