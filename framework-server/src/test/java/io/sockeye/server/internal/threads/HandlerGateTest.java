package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerGateTest {
    private final HandlerGate gate = new HandlerGate(1_000_000);
    private final List<String> letIn = new ArrayList<>();

    private HandlerGate.Visitor visitor(String name, long weight) {
        return new HandlerGate.Visitor() {
            @Override
            public long weight() {
                return weight;
            }

            @Override
            public void letIn() {
                letIn.add(name);
            }
        };
    }

    @Test
    void letsInWhatFitsTogether() {
        assertThat(gate.enter(visitor("a", 400_000))).isTrue();
        assertThat(gate.enter(visitor("b", 600_000))).isTrue();
        assertThat(gate.enter(visitor("c", 70_000))).isFalse();
        assertThat(letIn).isEmpty();
    }

    @Test
    void letsInAsManyAsFitInTheOrderOfAsking() {
        var first = visitor("a", 900_000);
        gate.enter(first);
        gate.enter(visitor("b", 600_000));
        gate.enter(visitor("c", 500_000));
        assertThat(gate.enter(visitor("d", 100_000))).as("c has asked before").isFalse();
        gate.leave(first);
        assertThat(letIn).containsExactly("b");
    }

    @Test
    void whatWeighsMoreThanAllIsInsideAlone() {
        var small = visitor("small", 100_000);
        var large = visitor("large", 50_000_000);
        gate.enter(small);
        assertThat(gate.enter(large)).isFalse();
        assertThat(gate.enter(visitor("next", 100_000))).isFalse();
        gate.leave(small);
        assertThat(letIn).containsExactly("large");
        gate.leave(large);
        assertThat(letIn).containsExactly("large", "next");
    }

    @Test
    void whoLeavesTwiceIsCountedOnce() {
        var first = visitor("a", 900_000);
        gate.enter(first);
        gate.enter(visitor("b", 900_000));
        gate.enter(visitor("c", 900_000));
        gate.leave(first);
        gate.leave(first);
        assertThat(letIn).containsExactly("b");
    }

    @Test
    void whoIsWithdrawnIsNotLetInAndHoldsUpNobody() {
        var first = visitor("a", 600_000);
        var second = visitor("b", 600_000);
        gate.enter(first);
        gate.enter(second);
        gate.enter(visitor("c", 300_000));
        assertThat(gate.withdraw(second)).isTrue();
        assertThat(letIn).containsExactly("c");
        assertThat(gate.withdraw(second)).isFalse();
        gate.leave(first);
        assertThat(letIn).containsExactly("c");
    }

    @Test
    void whoIsInsideForLongKeepsNobodyWaiting() {
        var blocked = visitor("blocked", 900_000);
        gate.enter(blocked);
        gate.enter(visitor("a", 900_000));
        gate.enter(visitor("b", 900_000));
        gate.look();
        assertThat(letIn).isEmpty();
        gate.look();
        assertThat(letIn).containsExactly("a");
        gate.leave(blocked);
        assertThat(letIn).as("a is inside").containsExactly("a");
        gate.look();
        gate.look();
        assertThat(letIn).containsExactly("a", "b");
    }

    @Test
    void letsInEverybodyWhenTheServerStops() {
        gate.enter(visitor("a", 900_000));
        gate.enter(visitor("b", 900_000));
        gate.enter(visitor("c", 900_000));
        gate.open();
        assertThat(letIn).containsExactly("b", "c");
        assertThat(gate.enter(visitor("d", 900_000))).isTrue();
        assertThat(gate.pause()).isFalse();
    }

    @Test
    void knowsWhetherAMailboxRests() {
        var first = visitor("a", 900_000);
        gate.enter(first);
        assertThat(gate.noneRests()).isCompleted();
        gate.enter(visitor("b", 900_000));
        gate.pause();
        var none = gate.noneRests();
        gate.leave(first);
        gate.goesOn();
        assertThat(none).isNotDone();
        gate.goesOn();
        assertThat(none).isCompleted();
        assertThat(gate.noneRests()).isCompleted();
    }
}
