package io.sockeye.testbed.simulation;

import io.sockeye.server.BusTime;
import java.time.Duration;
import java.util.SplittableRandom;

/** Carries what is on the bus of a cluster on virtual time, with some delay. */
final class SimulatedBusTime implements BusTime {
    private static final long LATENCY_MICROS = 3_000;

    private final Schedule schedule;
    private final SplittableRandom random;

    SimulatedBusTime(Schedule schedule, SplittableRandom random) {
        this.schedule = schedule;
        this.random = random;
    }

    @Override
    public Lane lane() {
        return new DelayedLane(random.split());
    }

    @Override
    public void after(Duration time, Runnable task) {
        schedule.afterMillis(time.toMillis(), task);
    }

    @Override
    public long nowMillis() {
        return schedule.nowMillis();
    }

    private final class DelayedLane implements Lane {
        private final SplittableRandom delays;
        private long lastArrival;
        private boolean closed;

        private DelayedLane(SplittableRandom delays) {
            this.delays = delays;
        }

        @Override
        public void carry(Runnable arrival) {
            long latency = delays.nextInt(20) == 0 ? LATENCY_MICROS * 20 : LATENCY_MICROS;
            lastArrival = Math.max(lastArrival, schedule.nowMicros() + delays.nextLong(latency));
            schedule.after(lastArrival - schedule.nowMicros(), () -> {
                if (!closed) {
                    arrival.run();
                }
            });
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
