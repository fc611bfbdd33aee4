package io.sockeye.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // Below its limits a backlog does not touch the connection.
class BacklogTest {
    private final Budget budget = new Budget(1L << 50);
    private final Backlog backlog = new Backlog(Integer.MAX_VALUE, Long.MAX_VALUE, budget);

    @Test
    void countsEventsAndTheirBytes() {
        backlog.add(null, 340);
        backlog.add(null, 1_000_340);
        assertThat(backlog.size()).isEqualTo(2);
        assertThat(backlog.bytes()).isEqualTo(1_000_680);
        backlog.remove(340);
        assertThat(backlog.size()).isEqualTo(1);
        assertThat(backlog.bytes()).isEqualTo(1_000_340);
        backlog.remove(1_000_340);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.bytes()).isZero();
    }

    @Test
    void chargesTheBudgetInStepsOfAKilobyte() {
        backlog.add(null, 1_023);
        assertThat(budget.heldBytes()).isZero();
        backlog.add(null, 1);
        assertThat(budget.heldBytes()).isEqualTo(1_024);
        backlog.add(null, 3_000);
        assertThat(budget.heldBytes()).isEqualTo(3 * 1_024);
        backlog.remove(1_023);
        assertThat(budget.heldBytes()).isEqualTo(2 * 1_024);
        backlog.remove(3_000);
        backlog.remove(1);
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void countsMoreThanAnyHeapHolds() {
        for (int i = 0; i < 1_000_000; i++) {
            backlog.add(null, 60_000);
        }
        assertThat(backlog.size()).isEqualTo(1_000_000);
        assertThat(backlog.bytes()).isEqualTo(60_000_000_000L);
    }

    @Test
    void comesToNothingWhoeverTakesWhatWasAdded() throws InterruptedException {
        IntStream.range(0, 30_000).forEach(i -> backlog.add(null, 340 + i % 5_000));
        var threads = Stream.of(0, 1, 2)
                .map(part -> new Thread(() -> IntStream.range(0, 30_000)
                        .filter(i -> i % 3 == part)
                        .forEach(i -> backlog.remove(340 + i % 5_000))))
                .toList();
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
        assertThat(backlog.size()).isZero();
        assertThat(backlog.bytes()).isZero();
        assertThat(budget.heldBytes()).isZero();
    }
}
