package io.sockeye.client.internal.threads;

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

    private final List<Long> delays = new ArrayList<>();

    private boolean later(Runnable task, long delayMillis) {
        delays.add(delayMillis);
        return later.add(task);
    }

    @Test
    void asksAnExecutorLessAndLessOftenThatWasShutDown() {
        boolean[] ended = {true};
        var serial = new SerialExecutor(
                task -> {
                    if (ended[0]) {
                        throw new RejectedExecutionException("shut down");
                    }
                    task.run();
                },
                this::later);
        serial.execute(() -> ran.add(1));
        for (int i = 0; i < 9; i++) {
            later.remove().run();
        }
        assertThat(delays).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1_000L, 1_000L, 1_000L);
        ended[0] = false;
        later.remove().run();
        assertThat(ran).containsExactly(1);
        ended[0] = true;
        serial.execute(() -> ran.add(2));
        assertThat(delays).hasSize(11).last().isEqualTo(10L);
    }

    @Test
    void runsTasksInOrder() {
        var serial = new SerialExecutor(given::add, this::later);
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
                this::later);
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
                this::later);
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
                (task, delay) -> false);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            serial.execute(() -> ran.add(number));
        }
        ended[0] = true;
        given.remove().run();
        assertThat(ran).hasSize(1_000).isSorted();
    }
}
