package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerGateTest {
    private final HandlerGate gate = new HandlerGate(1_000_000);
    private final List<String> admitted = new ArrayList<>();

    private HandlerGate.HeavyTask task(String name, long weight) {
        return new HandlerGate.HeavyTask() {
            @Override
            public long weight() {
                return weight;
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
}
