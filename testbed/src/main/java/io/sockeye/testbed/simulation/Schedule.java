package io.sockeye.testbed.simulation;

import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Virtual time: what happens when, one after the other on the thread that runs it. */
final class Schedule {
    private static final long MICROS_PER_MILLI = 1000;

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private long nowMicros;
    private long count;
    private long steps;
    /** What must not have happened; null as long as all is well. */
    private @Nullable Violation failure;

    long nowMicros() {
        return nowMicros;
    }

    long nowMillis() {
        return nowMicros / MICROS_PER_MILLI;
    }

    /** How many things have happened. */
    long steps() {
        return steps;
    }

    /** Has something happen after a time; what was scheduled first for the same time happens first. */
    Entry after(long micros, Runnable task) {
        var entry = new Entry(nowMicros + micros, count++, task);
        queue.add(entry);
        return entry;
    }

    /** The same in milliseconds from now. */
    Entry afterMillis(long millis, Runnable task) {
        return after(millis * MICROS_PER_MILLI, task);
    }

    /** Something must not have happened: it ends here, also where whoever waits for something else catches what is thrown. */
    void fail(Violation violation) {
        if (failure == null) {
            failure = violation;
        }
    }

    /** Lets time pass, and happen what is due. */
    void runUntil(long millis) {
        runUntil(millis, () -> false);
    }

    /** The same until something is done, also while something else happens: whoever waits lets the others go on. */
    void runUntil(long millis, BooleanSupplier done) {
        long end = millis * MICROS_PER_MILLI;
        while (!done.getAsBoolean()) {
            if (queue.isEmpty() || queue.element().atMicros > end) {
                nowMicros = Math.max(nowMicros, end);
                return;
            }
            run(queue.remove());
        }
    }

    private void run(Entry due) {
        nowMicros = Math.max(nowMicros, due.atMicros);
        if (due.cancelled) {
            return;
        }
        steps += due.background ? 0 : 1;
        try {
            due.task.run();
        } catch (Violation e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new Violation("something was thrown", e));
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Something that happens once, unless it is cancelled. */
    static final class Entry implements Comparable<Entry> {
        private final long atMicros;
        private final long number;
        private final Runnable task;
        private boolean cancelled;
        /** Whether it is a clock's tick, which counts as no step. */
        private boolean background;

        private Entry(long atMicros, long number, Runnable task) {
            this.atMicros = atMicros;
            this.number = number;
            this.task = task;
        }

        void cancel() {
            cancelled = true;
        }

        void inBackground() {
            background = true;
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
