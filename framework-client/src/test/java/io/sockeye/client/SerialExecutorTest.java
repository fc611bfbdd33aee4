package io.sockeye.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final ArrayDeque<Runnable> given = new ArrayDeque<>();
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void runsTasksInOrder() {
        var serial = new SerialExecutor(given::add, later::add);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            serial.execute(() -> ran.add(number));
        }
        while (!given.isEmpty()) {
            given.remove().run();
        }
        assertThat(ran).hasSize(1_000).isSorted();
    }

    /** Each share of tasks would stand on the one before otherwise. */
    @Test
    void needsNoStackWhereTasksRunOnTheCallersThread() {
        var serial = new SerialExecutor(
                task -> {
                    if (given.isEmpty()) {
                        given.add(task); // The first time another thread takes it.
                    } else {
                        task.run();
                    }
                },
                later::add);
        int[] left = {1_000_000};
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (--left[0] > 0) {
                serial.execute(again[0]);
            }
        };
        serial.execute(again[0]);
        given.peek().run();
        assertThat(left[0]).isZero();
    }

    @Test
    void asksAnExecutorAgainThatTakesNoTaskOrFails() {
        var failures = new ArrayDeque<RuntimeException>(
                List.of(new RejectedExecutionException("busy"), new IllegalStateException("not ready")));
        var serial = new SerialExecutor(
                task -> {
                    if (!failures.isEmpty()) {
                        throw failures.remove();
                    }
                    task.run();
                },
                later::add);
        serial.execute(() -> ran.add(1));
        assertThat(ran).isEmpty();
        later.remove().run();
        later.remove().run();
        assertThat(ran).containsExactly(1);
        serial.execute(() -> ran.add(2));
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void finishesWhatWaitsWhenItsExecutorEnds() {
        var ended = new boolean[1];
        var serial = new SerialExecutor(
                task -> {
                    if (ended[0]) {
                        throw new RejectedExecutionException("shut down");
                    }
                    given.add(task);
                },
                task -> false);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            serial.execute(() -> ran.add(number));
        }
        ended[0] = true;
        given.remove().run();
        assertThat(ran).hasSize(1_000).isSorted();
    }
}
