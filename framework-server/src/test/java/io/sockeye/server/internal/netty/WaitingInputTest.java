package io.sockeye.server.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.internal.http.LogPause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingInputTest {
    private static final int KIB = 1024;

    private final Budget budget = new Budget(8 << 20);
    /** 512 KiB for each of two loops. */
    private final WaitingInput input = new WaitingInput(budget, 2, new LogPause(), () -> 0);

    private final List<String> closed = new ArrayList<>();

    private WaitingInput.Holder connection(String name) {
        return () -> closed.add(name);
    }

    @Test
    void whatIsHeldCountsAsLongAsItIs() {
        var a = connection("a");
        input.set(a, 10);
        var b = connection("b");
        input.set(b, 20);
        input.set(a, 15);
        assertThat(budget.heldBytes()).isEqualTo(35);
        input.set(a, 0);
        input.remove(b);
        input.remove(connection("c"));
        assertThat(budget.heldBytes()).isZero();
        assertThat(input.bytes()).isZero();
    }

    @Test
    void beyondTheLimitThoseThatBeganFirstAreClosed() {
        for (int i = 0; i < 8; i++) {
            input.set(connection("" + i), 64 * KIB);
        }
        assertThat(closed).isEmpty();
        input.set(connection("8"), 64 * KIB);
        assertThat(closed).containsExactly("0", "1", "2");
        assertThat(budget.heldBytes()).isEqualTo(6 * 64 * KIB);
    }

    @Test
    void whoHoldsLessThanTheAverageIsSpared() {
        var small = connection("small");
        input.set(small, KIB);
        for (int i = 0; i < 8; i++) {
            input.set(connection("" + i), 64 * KIB);
        }
        assertThat(closed).containsExactly("0", "1", "2");
        input.set(small, 2 * KIB);
        assertThat(closed).hasSize(3);
    }

    @Test
    void theOneThatHasJustSentMayBeTheLargest() {
        for (int i = 0; i < 100; i++) {
            input.set(connection("" + i), KIB);
        }
        input.set(connection("large"), 500 * KIB);
        assertThat(closed).containsExactly("large");
        assertThat(budget.heldBytes()).isEqualTo(100 * KIB);
    }

    @Test
    void manyLoopsHaveNoLessThanASingleConnectionNeeds() {
        var one = new WaitingInput(new Budget(1), 16, new LogPause(), () -> 0);
        one.set(connection("a"), 256 * KIB);
        assertThat(closed).isEmpty();
    }
}
