package io.sockeye.testbed.simulation;

import io.sockeye.server.host.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An event loop on virtual time. It wakes up some time after it was given something to do, does some of it, and goes on a
 * moment later.
 */
class SimulatedLoop implements Loop {
    private static final long WAKE_MICROS = 300;

    private final int index;
    private final Schedule schedule;
    private final SplittableRandom random;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private List<Flushable> unflushed = new ArrayList<>();
    /** Whether a turn is scheduled. */
    private boolean woken;

    private boolean running;
    private boolean ended;
    /** Until when it does nothing, as a process that is paused. */
    private long stalledUntilMicros;

    SimulatedLoop(int index, Schedule schedule, SplittableRandom random) {
        this.index = index;
        this.schedule = schedule;
        this.random = random;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean inLoop() {
        return running;
    }

    @Override
    public void post(Runnable task) {
        post(task, () -> {});
    }

    @Override
    public void post(Runnable task, Runnable dropped) {
        if (ended) {
            dropped.run();
        } else {
            tasks.add(task);
            wake();
        }
    }

    void wake() {
        if (!woken) {
            woken = true;
            long stalled = Math.max(0, stalledUntilMicros - schedule.nowMicros());
            schedule.after(stalled + random.nextLong(WAKE_MICROS), this::turn);
        }
    }

    private void turn() {
        woken = false;
        if (ended) {
            return;
        }
        running = true;
        try {
            for (int left = 1 + random.nextInt(tasks.size() + 1); left > 0 && !tasks.isEmpty(); left--) {
                tasks.remove().run();
            }
        } finally {
            running = false;
        }
        if (!tasks.isEmpty()) {
            wake();
        }
    }

    /** Does nothing for a while. */
    void stall(long millis) {
        stalledUntilMicros = schedule.nowMicros() + millis * 1000;
    }

    /** Whether it has something to do that it was given. */
    boolean isBusy() {
        return !tasks.isEmpty();
    }

    /** Does nothing any more. */
    void end() {
        ended = true;
        tasks.clear();
    }

    @Override
    public long nowMillis() {
        return schedule.nowMillis();
    }

    @Override
    public void repeat(Duration period, Runnable task) {
        schedule.after(period.toNanos() / 1000, () -> tick(period, task)).inBackground();
    }

    private void tick(Duration period, Runnable task) {
        if (ended) {
            return;
        }
        if (schedule.nowMicros() >= stalledUntilMicros) {
            running = true;
            try {
                task.run();
            } finally {
                running = false;
            }
        }
        repeat(period, task);
    }

    @Override
    public void flushLater(Flushable transport) {
        if (unflushed.isEmpty()) {
            post(this::flushAll);
        }
        unflushed.add(transport);
    }

    private void flushAll() {
        var batch = unflushed;
        unflushed = new ArrayList<>();
        batch.forEach(Flushable::flush);
    }
}
