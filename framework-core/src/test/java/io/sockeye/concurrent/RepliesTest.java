package io.sockeye.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class RepliesTest {
    private final ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newCachedThreadPool();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Replies replies = replies();

    private Replies replies() {
        return new Replies(threads, (task, millis) -> clock.schedule(task, millis, TimeUnit.MILLISECONDS), () -> false);
    }

    @AfterEach
    void stop() {
        clock.shutdownNow();
        threads.shutdownNow();
    }

    private static int get(CompletableFuture<Integer> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    @Test
    void theInterruptionOfOneTaskIsForgottenBeforeTheNext() throws Exception {
        var interrupted = new CompletableFuture<Boolean>();
        replies.execute(() -> Thread.currentThread().interrupt());
        replies.execute(() -> interrupted.complete(Thread.currentThread().isInterrupted()));
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void runsOneAtATimeAndInOrder() throws Exception {
        int tasks = 20_000;
        var ran = new int[tasks];
        var count = new AtomicInteger();
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            int number = i;
            replies.execute(() -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                ran[count.getAndIncrement()] = number;
                atOnce.decrementAndGet();
                done.countDown();
            });
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly(IntStream.range(0, tasks).toArray());
        assertThat(most).hasValue(1);
    }

    /** The next one is its answer: it is completed beside it, and so on. */
    @Test
    void goesOnBesideWhatBlocks() throws Exception {
        int depth = 20;
        var futures = IntStream.rangeClosed(0, depth)
                .mapToObj(i -> new CompletableFuture<Integer>())
                .toList();
        for (int i = 0; i < depth; i++) {
            var own = futures.get(i);
            var next = futures.get(i + 1);
            replies.execute(() -> own.complete(next.join() + 1));
        }
        replies.execute(() -> futures.get(depth).complete(0));
        assertThat(get(futures.get(0))).isEqualTo(depth);
    }

    @Test
    void keepsTheOrderBehindWhatBlocks() throws Exception {
        var release = new CountDownLatch(1);
        var blocked = new CompletableFuture<Integer>();
        replies.execute(() -> {
            await(release);
            blocked.complete(0);
        });
        var behind = new CountDownLatch(100);
        var order = new int[100];
        for (int i = 0; i < 100; i++) {
            int number = i;
            replies.execute(() -> {
                order[100 - (int) behind.getCount()] = number;
                behind.countDown();
            });
        }
        assertThat(behind.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly(IntStream.range(0, 100).toArray());
        assertThat(blocked).isNotDone();
        release.countDown();
        assertThat(get(blocked)).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread that gets no processor for a while, or calculates, is not waiting for an answer. */
    @Test
    void keepsTheOrderBehindWhatIsSlow() throws Exception {
        var order = new ConcurrentLinkedQueue<Integer>();
        replies.execute(() -> {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            order.add(1);
        });
        var done = new CompletableFuture<Integer>();
        replies.execute(() -> {
            order.add(2);
            done.complete(2);
        });
        assertThat(get(done)).isEqualTo(2);
        assertThat(order).containsExactly(1, 2);
    }

    @Test
    void goesOnBesideWhatIsBusyForLong() throws Exception {
        var busy = new AtomicInteger(1);
        replies.execute(() -> {
            while (busy.get() != 0) {
                Thread.onSpinWait();
            }
        });
        var beside = new CompletableFuture<Integer>();
        replies.execute(() -> beside.complete(busy.get()));
        assertThat(get(beside)).isEqualTo(1);
        busy.set(0);
    }

    @Test
    void waitsForNothingOnceAllComesToItsEnd() throws Exception {
        var atTheEnd = new Replies(threads, (task, millis) -> {}, () -> true);
        var answer = new CompletableFuture<Integer>();
        var begun = new CountDownLatch(1);
        var waiting = new CompletableFuture<Integer>();
        atTheEnd.execute(() -> {
            begun.countDown();
            waiting.complete(answer.join());
        });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        atTheEnd.execute(() -> answer.complete(7));
        assertThat(get(waiting)).isEqualTo(7);
    }

    @Test
    void goesOnBehindWhatThrows() throws Exception {
        var after = new CompletableFuture<Integer>();
        replies.execute(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        replies.execute(() -> after.complete(1));
        assertThat(get(after)).isEqualTo(1);
    }

    @Test
    void needsNoThreadBetweenTasks() throws Exception {
        for (int i : List.of(1, 2, 3)) {
            var done = new CompletableFuture<Integer>();
            replies.execute(() -> done.complete(i));
            assertThat(get(done)).isEqualTo(i);
            while (threads.getActiveCount() > 0) {
                assertThat(clock.schedule(() -> 0, 1, TimeUnit.MILLISECONDS).get())
                        .isZero();
            }
        }
        assertThat(clock.shutdownNow()).isEmpty();
    }
}
