package io.sockeye.testbed.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static Set<Integer> numbers(Plan plan) {
        return plan.steps().stream().map(Step::number).collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void leavesWhatAFailureNeeds() {
        var plan = Plan.of(1, 40);
        var needed = Set.of(3, 17, 30);
        var smallest = new Shrinker(candidate -> numbers(candidate).containsAll(needed)).shrink(plan);
        assertThat(numbers(smallest)).isEqualTo(needed);
    }

    @Test
    void leavesClientsOutThatAreNotNeeded() {
        var plan = Plan.of(1, 40);
        var smallest = new Shrinker(candidate -> candidate.clients().contains(1)).shrink(plan);
        assertThat(smallest.clients()).containsExactly(1);
        assertThat(smallest.steps()).isEmpty();
    }

    @Test
    void tellsTheOptionsThatRepeatIt() {
        var plan = Plan.of(7, 40).only(Set.of(5));
        assertThat(plan.options()).startsWith("--seed 7 --clients 0,1").endsWith(" --only 5");
    }
}
