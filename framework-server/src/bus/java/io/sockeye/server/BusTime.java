package io.sockeye.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What carries that which is on a {@link Bus}, one thing after the other. */
public interface BusTime {
    /** A new way, on which all arrives in its order. */
    Lane lane();

    /** Does something after a time, unless the bus is closed by then. */
    void after(Duration time, Runnable task);

    /** Of a clock that only goes forward. */
    long nowMillis();

    /** Nothing happens any more. */
    default void close() {}

    /** A way to the bus or from it. */
    interface Lane {
        /** Does something later. */
        void carry(Runnable arrival);

        /** Nothing arrives any more. */
        default void close() {}
    }

    /** A thread of its own, as a message broker has it. */
    final class OfThread implements BusTime {
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            var daemon = new Thread(task, "bus");
            daemon.setDaemon(true);
            return daemon;
        });

        @Override
        public Lane lane() {
            return this::run;
        }

        private void run(Runnable task) {
            try {
                thread.execute(task);
            } catch (RejectedExecutionException over) {
                assert thread.isShutdown(); // The test is over.
            }
        }

        @Override
        public void after(Duration time, Runnable task) {
            thread.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public long nowMillis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
