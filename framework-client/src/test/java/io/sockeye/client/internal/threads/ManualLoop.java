package io.sockeye.client.internal.threads;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A loop whose tasks run when a test says so, at a time that the test tells. */
public final class ManualLoop implements Loop {
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Timed> timers = new ArrayList<>();
    private long nowMillis = 1_000;
    private long sleptMillis;
    /** What waiting for the end fails with; null if it does not. */
    @Nullable
    public RuntimeException endFailure;

    /** Equal only to itself. */
    private static final class Timed {
        private final long atMillis;
        private final Runnable task;

        private Timed(long atMillis, Runnable task) {
            this.atMillis = atMillis;
            this.task = task;
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayMillis) {
        var timed = new Timed(nowMillis + delayMillis, task);
        timers.add(timed);
        return () -> timers.remove(timed);
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis() + sleptMillis;
    }

    /** The machine sleeps, which no clock but the wall's notices. */
    public void sleep(long millis) {
        sleptMillis += millis;
    }

    @Override
    public boolean isCurrent() {
        return false;
    }

    @Override
    public void stop() {
        timers.clear();
    }

    @Override
    public void awaitEnd(long millis) {
        if (endFailure != null) {
            throw endFailure;
        }
    }

    /** Waits until another thread has posted a task. */
    public void awaitTask() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (tasks.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Runs all that waits, and what that leads to. */
    public void run() {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Lets time pass, step by step, so that each timer goes off at its time. */
    public void pass(long millis) {
        run();
        long end = nowMillis + millis;
        while (true) {
            var next = timers.stream()
                    .filter(timer -> timer.atMillis <= end)
                    .min(Comparator.comparingLong(timer -> timer.atMillis));
            if (next.isEmpty()) {
                break;
            }
            nowMillis = Math.max(nowMillis, next.get().atMillis);
            timers.remove(next.get());
            next.get().task.run();
            run();
        }
        nowMillis = end;
    }

    /** Some are set anew as long as other threads have not completed futures. */
    public void passUntilNoTimerIsLeft() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!timers.isEmpty() && System.nanoTime() < end) {
            pass(10);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** How many timers there are. */
    public int timers() {
        return timers.size();
    }
}
