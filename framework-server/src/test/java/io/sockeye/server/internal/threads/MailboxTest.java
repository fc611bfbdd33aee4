package io.sockeye.server.internal.threads;

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

    private HandlerTask task(String name, boolean needless) {
        return HandlerTask.of(() -> ran.add(name), () -> ran.add("done " + name), needless);
    }

    @Test
    void dropsWhatIsNeedlessAndSaysSo() {
        mailbox.post(task("event", true));
        mailbox.post(() -> ran.add("plain"));
        mailbox.post(task("end", false));
        mailbox.post(task("event 2", true));
        mailbox.discard();
        assertThat(ran).containsExactly("done event", "done event 2");
        turns.runNext();
        assertThat(ran).containsExactly("done event", "done event 2", "plain", "end", "done end");
    }

    @Test
    void saysOfAllThatItDropsThatItIsDone() {
        Executor rejecting = task -> {
            throw new RejectedExecutionException("ended");
        };
        var ended = new Mailbox(rejecting, task -> false);
        ended.post(task("event", true));
        ended.post(task("end", false));
        assertThat(ran).containsExactly("done event", "done end");
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

    /** As a pool that cannot create a thread: nobody catches that where the task was posted. */
    @Test
    void asksAFailingExecutorAgainAndLosesNothing() {
        var broken = new boolean[] {true};
        Executor executor = task -> {
            if (broken[0]) {
                throw new IllegalStateException("no thread can be created");
            }
            task.run();
        };
        var box = new Mailbox(executor, turns::add);
        box.post(() -> ran.add("a"));
        box.post(() -> ran.add("b"));
        broken[0] = false;
        turns.runNext();
        assertThat(ran).containsExactly("a", "b");
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void asksAnExecutorAgainThatFailsAmidItsTasks() {
        var asked = new int[1];
        Executor executor = task -> {
            if (asked[0]++ == 1) {
                throw new IllegalStateException("no thread can be created");
            }
            turns.execute(task);
        };
        var box = new Mailbox(executor, turns::add);
        IntStream.range(0, 300).forEach(i -> box.post(() -> ran.add(i)));
        turns.runNext();
        assertThat(ran).hasSize(256);
        turns.runNext(); // Asks again.
        turns.runNext();
        assertThat(ran).hasSize(300);
        assertThat(turns.waiting()).isZero();
    }

    /** A pool queues the task, and fails then since it cannot create a thread for it. */
    @Test
    void runsOnceOnAnExecutorThatFailsAndKeepsTheTask() {
        var kept = new ArrayList<Runnable>();
        Executor executor = task -> {
            kept.add(task);
            if (kept.size() == 1) {
                throw new IllegalStateException("no thread can be created");
            }
        };
        var box = new Mailbox(executor, turns::add);
        box.post(() -> ran.add("a"));
        turns.runNext();
        box.post(() -> ran.add("b"));
        assertThat(kept).hasSize(2);
        kept.get(0).run();
        assertThat(ran).isEmpty();
        kept.get(1).run();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void endsOnceWhereATaskFailsBelowTheOneThatPosts() {
        var busy = new BusyMailboxes();
        var direct = new Mailbox(Runnable::run, turns::add, busy, null);
        assertThatThrownBy(() -> direct.post(() -> {
                    throw new OutOfMemoryError("of a handler");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(turns.waiting()).isZero();
        assertThat(busy.none()).isDone();
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
