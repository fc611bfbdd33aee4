package io.sockeye.testbed.simulation;

import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/** Threads on virtual time: what they are given begins some time later, in any order. */
final class SimulatedExecutor implements Executor {
    private static final long START_MICROS = 400;

    private final Schedule schedule;
    private final SplittableRandom random;
    /** Until when all threads are busy with something else. */
    private long busyUntilMicros;

    private boolean ended;

    SimulatedExecutor(Schedule schedule, SplittableRandom random) {
        this.schedule = schedule;
        this.random = random;
    }

    @Override
    public void execute(Runnable task) {
        long busy = Math.max(0, busyUntilMicros - schedule.nowMicros());
        schedule.after(busy + random.nextLong(START_MICROS), () -> {
            if (!ended) {
                task.run();
            }
        });
    }

    /** Begins nothing for a while. */
    void stall(long millis) {
        busyUntilMicros = schedule.nowMicros() + millis * 1000;
    }

    /** Begins nothing any more. */
    void end() {
        ended = true;
    }
}
