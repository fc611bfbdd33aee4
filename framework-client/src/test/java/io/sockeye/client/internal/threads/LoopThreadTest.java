package io.sockeye.client.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopThreadTest {
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final LoopThread loop = new LoopThread(task -> {
        var thread = new Thread(task, "loop under test");
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    });

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void hasNoThreadBeforeTheFirstTaskAndOneAfter() throws Exception {
        assertThat(threads).isEmpty();
        var done = new CountDownLatch(2);
        loop.execute(done::countDown);
        loop.execute(done::countDown);
        await(done);
        assertThat(threads).hasSize(1);
        loop.stop();
        threads.get(0).join();
    }

    @Test
    void runsTheTasksOfEachThreadInOrder() throws Exception {
        int count = 20_000;
        List<Integer> seen = new ArrayList<>();
        var done = new CountDownLatch(4 * count);
        var posters = new ArrayList<Thread>();
        for (int poster = 0; poster < 4; poster++) {
            int number = poster;
            posters.add(new Thread(() -> {
                for (int i = 0; i < count; i++) {
                    int value = number * count + i;
                    loop.execute(() -> {
                        seen.add(value);
                        done.countDown();
                    });
                }
            }));
        }
        posters.forEach(Thread::start);
        await(done);
        for (int poster = 0; poster < 4; poster++) {
            int number = poster;
            assertThat(seen.stream().filter(value -> value / count == number)).isSorted();
        }
        loop.stop();
    }

    @Test
    void wakesForATimerThatIsEarlierThanTheOneItWaitsFor() throws Exception {
        var order = Collections.synchronizedList(new ArrayList<String>());
        var done = new CountDownLatch(2);
        loop.schedule(() -> add(order, "later", done), 300);
        loop.schedule(() -> add(order, "sooner", done), 10);
        loop.schedule(() -> add(order, "never", done), 100).cancel();
        await(done);
        assertThat(order).containsExactly("sooner", "later");
        loop.stop();
    }

    private static void add(List<String> order, String word, CountDownLatch done) {
        order.add(word);
        done.countDown();
    }

    @Test
    void keepsTimeHoweverManyTasksThereAre() throws Exception {
        var due = new CountDownLatch(1);
        loop.schedule(due::countDown, 20);
        loop.execute(new Runnable() {
            @Override
            public void run() {
                if (due.getCount() > 0) {
                    loop.execute(this);
                }
            }
        });
        await(due);
        loop.stop();
    }

    @Test
    void survivesATaskThatThrows() throws Exception {
        var done = new CountDownLatch(1);
        loop.execute(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        loop.execute(done::countDown);
        await(done);
        loop.stop();
    }

    @Test
    void losesNoTaskThatComesWhileOrAfterItStops() throws Exception {
        for (int round = 0; round < 200; round++) {
            var stopping = new LoopThread(task -> new Thread(task, "stopping loop"));
            var done = new CountDownLatch(100);
            var poster = new Thread(() -> {
                for (int i = 0; i < 100; i++) {
                    stopping.execute(done::countDown);
                }
            });
            stopping.execute(() -> {});
            poster.start();
            stopping.stop();
            await(done);
            poster.join();
        }
    }
}
