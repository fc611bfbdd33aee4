package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.Budget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverheardTest {
    private final Budget budget = new Budget(1_000_000);
    private final Overheard overheard = new Overheard(100, budget);
    private final List<String> reports = new ArrayList<>();

    private boolean add(long bytes) {
        return overheard.add(bytes, () -> reports.add("too many"));
    }

    @Test
    void aboveTheLimitNothingMoreWaitsUntilHalfIsDone() {
        assertThat(add(60)).isTrue();
        assertThat(add(40)).isTrue();
        assertThat(add(1)).isFalse();
        assertThat(budget.heldBytes()).isEqualTo(100);
        overheard.remove(40);
        assertThat(add(1)).isFalse();
        overheard.remove(20);
        assertThat(add(60)).isTrue();
        assertThat(reports).containsExactly("too many");
        assertThat(add(1)).isFalse();
        assertThat(reports).hasSize(2);
    }

    @Test
    void aloneAnEventMayBeLargerThanTheLimit() {
        assertThat(add(1000)).isTrue();
        assertThat(add(1)).isFalse();
        overheard.remove(1000);
        assertThat(add(1)).isTrue();
    }
}
