package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandlerPoolTest {
    private final CountDownLatch release = new CountDownLatch(1);

    private final ThreadPoolExecutor pool = ofTwoToFive();
    private final PoolGrowth growth = new PoolGrowth(pool, "pool-");

    private static ThreadPoolExecutor ofTwoToFive() {
        var pool = new ThreadPoolExecutor(5, 5, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        pool.setCorePoolSize(2);
        return pool;
    }

    @AfterEach
    void end() {
        release.countDown();
        pool.shutdownNow();
    }

    private void block(int tasks) {
        for (int i = 0; i < tasks; i++) {
            pool.execute(this::await);
        }
    }

    /** Within the time of the test: a thread of the pool needs a moment to take a task. */
    private void awaitWaiting(int tasks) {
        while (pool.getQueue().size() > tasks) {
            Thread.onSpinWait();
        }
    }

    private void await() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The task runs, so that who has added it must not take it for one that does not. */
    @Test
    void aThreadThatCannotBeHadFailsNoTask() {
        var wanted = new AtomicInteger();
        var without = new PoolGrowth(pool, "pool-", task -> {
            wanted.incrementAndGet();
            throw new OutOfMemoryError("unable to create native thread");
        });
        block(3);
        awaitWaiting(1);
        without.added();
        without.added();
        assertThat(wanted.get()).isEqualTo(2);
    }

    @Test
    void threadsThatCannotBeHadAreAskedForAgain() throws Exception {
        var refused = new CountDownLatch(1);
        var ran = new CountDownLatch(1);
        var usual = pool.getThreadFactory();
        block(2);
        pool.setThreadFactory(task -> {
            pool.setThreadFactory(usual);
            refused.countDown();
            throw new OutOfMemoryError("unable to create native thread");
        });
        pool.execute(ran::countDown);
        growth.added();
        assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void runsATaskWhileAllUsualThreadsBlock() throws Exception {
        var handlers = HandlerPool.bounded("test-");
        for (int i = 0; i < HandlerPool.MAX_THREADS - 1; i++) {
            handlers.execute(this::await);
        }
        var ran = new CountDownLatch(1);
        handlers.execute(ran::countDown);
        assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        handlers.shutDown();
        handlers.awaitTasks(System.nanoTime() + TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void growsByAllThatWaitOnceNoneIsDoneBetweenTwoLooks() {
        block(2 + 2);
        assertThat(growth.look()).isTrue();
        assertThat(pool.getPoolSize()).isEqualTo(2);
        assertThat(growth.look()).isTrue();
        assertThat(pool.getPoolSize()).isEqualTo(4);
    }

    @Test
    void staysSmallWhileTasksAreDone() throws Exception {
        var first = new CountDownLatch(1);
        pool.execute(() -> {
            try {
                first.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        block(4);
        assertThat(growth.look()).isTrue();
        first.countDown();
        awaitWaiting(2);
        assertThat(growth.look()).isTrue();
        assertThat(pool.getPoolSize()).isEqualTo(2);
    }

    @Test
    void neverGrowsBeyondItsBound() {
        block(2 + 10);
        for (int i = 0; i < 5; i++) {
            assertThat(growth.look()).isTrue();
        }
        assertThat(pool.getPoolSize()).isEqualTo(5);
        awaitWaiting(7);
        assertThat(pool.getQueue()).hasSize(7);
    }

    @Test
    void isOfItsUsualSizeAgainOnceNothingWaits() throws Exception {
        block(4);
        growth.look();
        growth.look();
        assertThat(pool.getCorePoolSize()).isGreaterThan(2);
        release.countDown();
        awaitWaiting(0);
        assertThat(growth.look()).isFalse();
        assertThat(pool.getCorePoolSize()).isEqualTo(2);
    }
}
