package io.sockeye.testbed.simulation;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** What happened when, as a number that is the same in each run of a seed, and as lines if somebody wants to read them. */
final class Trace {
    private final Schedule schedule;
    /** Null if nobody reads. */
    private final @Nullable PrintStream lines;

    private long hash = 17;

    Trace(Schedule schedule, @Nullable PrintStream lines) {
        this.schedule = schedule;
        this.lines = lines;
    }

    void note(String who, String what) {
        hash = (hash * 31 + schedule.nowMicros()) * 0x9E3779B97F4A7C15L;
        hash = Long.rotateLeft(hash ^ who.hashCode(), 29) * 0xBF58476D1CE4E5B9L + what.hashCode();
        if (lines != null) {
            lines.printf("%10.3f %-9s %s%n", schedule.nowMicros() / 1000.0, who, what);
        }
    }

    long hash() {
        return hash;
    }
}
