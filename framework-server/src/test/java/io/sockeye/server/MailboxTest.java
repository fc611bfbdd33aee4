package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final Turns turns = new Turns();
    private final Mailbox mailbox = new Mailbox(turns, task -> false);
    private final List<Object> ran = new ArrayList<>();
    private boolean firstTurn = true;

    @Test
    void runsNothingOnTheThreadThatPosts() {
        mailbox.post(() -> ran.add("a"));
        assertThat(ran).isEmpty();
        turns.runNext();
        assertThat(ran).containsExactly("a");
    }

    @Test
    void keepsTheOrderInOneTurn() {
        IntStream.range(0, 100).forEach(i -> mailbox.post(() -> ran.add(i)));
        assertThat(turns.waiting()).isEqualTo(1);
        turns.runNext();
        assertThat(ran).isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void asksForATurnAgainAfterItWasEmpty() {
        mailbox.post(() -> ran.add("a"));
        turns.runNext();
        mailbox.post(() -> ran.add("b"));
        turns.runNext();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void aTaskMayPostAndIsNotInterrupted() {
        mailbox.post(() -> {
            mailbox.post(() -> ran.add("inner"));
            ran.add("outer");
        });
        mailbox.post(() -> ran.add("next"));
        turns.runNext();
        assertThat(ran).containsExactly("outer", "next", "inner");
    }

    @Test
    void aTaskMayPostWhereTheExecutorRunsAtOnce() {
        var direct = new Mailbox(Runnable::run, task -> false);
        direct.post(() -> {
            direct.post(() -> ran.add("inner"));
            ran.add("outer");
        });
        assertThat(ran).containsExactly("outer", "inner");
    }

    @Test
    void givesTheThreadToOthersNowAndThen() {
        var other = new Mailbox(turns, task -> false);
        IntStream.range(0, 300).forEach(i -> mailbox.post(() -> ran.add(i)));
        other.post(() -> ran.add("other"));
        turns.runNext();
        turns.runNext();
        turns.runNext();
        assertThat(ran).hasSize(301);
        assertThat(ran.indexOf("other")).isEqualTo(256);
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void dropsTasksOnceTheServerHasStopped() {
        Executor rejecting = task -> {
            throw new RejectedExecutionException("ended");
        };
        var ended = new Mailbox(rejecting, task -> false);
        ended.post(() -> ran.add("a"));
        ended.post(() -> ran.add("b"));
        assertThat(ran).isEmpty();
    }

    @Test
    void goesOnWithWhatItHasWhenTheServerStopsMeanwhile() {
        var box = new Mailbox(this::takeOne, task -> false);
        IntStream.range(0, 600).forEach(i -> box.post(() -> ran.add(i)));
        turns.runNext();
        assertThat(ran).isEqualTo(IntStream.range(0, 600).boxed().toList());
    }

    @Test
    void goesOnAfterAnErrorWhenTheServerStopsMeanwhile() {
        var box = new Mailbox(this::takeOne, task -> false);
        box.post(() -> {
            throw new OutOfMemoryError("of a handler");
        });
        box.post(() -> ran.add("next"));
        assertThatThrownBy(turns::runNext).isInstanceOf(OutOfMemoryError.class);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void isCutOffByAnInterruptOnceTheServerHasStopped() {
        var box = new Mailbox(this::takeOne, task -> false);
        IntStream.range(0, 600).forEach(i -> box.post(() -> ran.add(i)));
        Thread.currentThread().interrupt();
        turns.runNext();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ran).hasSize(256);
    }

    /** An executor that ends after one turn. */
    private void takeOne(Runnable turn) {
        if (!firstTurn) {
            throw new RejectedExecutionException("ended");
        }
        firstTurn = false;
        turns.execute(turn);
    }

    @Test
    void doesNotPileUpTurnsWhereTheExecutorRunsAtOnce() {
        var direct = new Mailbox(Runnable::run, task -> false);
        direct.post(() -> IntStream.range(0, 2_000)
                .forEach(i -> direct.post(() -> ran.add(Thread.currentThread().getStackTrace().length))));
        assertThat(ran).hasSize(2_000);
        assertThat(ran.stream().distinct()).hasSize(1);
    }

    @Test
    void asksABusyExecutorAgainAndLosesNothing() {
        var open = new boolean[1];
        Executor executor = task -> {
            if (!open[0]) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
        var box = new Mailbox(executor, turns::add);
        box.post(() -> ran.add("a"));
        box.post(() -> ran.add("b"));
        turns.runNext();
        assertThat(ran).isEmpty();
        open[0] = true;
        box.post(() -> ran.add("c"));
        turns.runNext();
        assertThat(ran).containsExactly("a", "b", "c");
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void goesOnAfterATaskThatThrewAnError() {
        mailbox.post(() -> {
            throw new OutOfMemoryError("of a handler");
        });
        mailbox.post(() -> ran.add("next"));
        assertThatThrownBy(turns::runNext).isInstanceOf(OutOfMemoryError.class);
        turns.runNext();
        assertThat(ran).containsExactly("next");
    }

    @Test
    void runsOneTaskAtATimeOnManyThreads() throws InterruptedException {
        int posters = 4;
        int each = 2_000;
        var pool = Executors.newFixedThreadPool(4);
        var box = new Mailbox(pool, task -> false);
        var inside = new AtomicInteger();
        var overlaps = new AtomicInteger();
        var done = new CountDownLatch(posters * each);
        var next = new int[posters];
        for (int poster = 0; poster < posters; poster++) {
            int from = poster;
            new Thread(() -> IntStream.range(0, each)
                            .forEach(i -> box.post(() -> {
                                boolean alone = inside.incrementAndGet() == 1;
                                if (!alone || next[from]++ != i) {
                                    overlaps.incrementAndGet();
                                }
                                inside.decrementAndGet();
                                done.countDown();
                            })))
                    .start();
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
        pool.shutdown();
    }

    /** An executor whose turns the test takes. */
    private static final class Turns implements Executor {
        private final ArrayDeque<Runnable> turns = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            turns.add(task);
        }

        boolean add(Runnable task) {
            return turns.add(task);
        }

        int waiting() {
            return turns.size();
        }

        void runNext() {
            turns.remove().run();
        }
    }
}
