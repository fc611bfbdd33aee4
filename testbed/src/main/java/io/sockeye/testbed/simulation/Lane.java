package io.sockeye.testbed.simulation;

import java.util.SplittableRandom;

/** Carries something one way, in order, each time with some delay. */
final class Lane {
    private static final long LATENCY_MICROS = 3_000;

    private final Schedule schedule;
    private final SplittableRandom random;
    private long lastArrival;
    private boolean closed;

    Lane(Schedule schedule, SplittableRandom random) {
        this.schedule = schedule;
        this.random = random;
    }

    void carry(Runnable arrival) {
        long latency = random.nextInt(20) == 0 ? LATENCY_MICROS * 20 : LATENCY_MICROS;
        lastArrival = Math.max(lastArrival, schedule.nowMicros() + random.nextLong(latency));
        schedule.after(lastArrival - schedule.nowMicros(), () -> {
            if (!closed) {
                arrival.run();
            }
        });
    }

    /** Nothing arrives any more. */
    void close() {
        closed = true;
    }
}
