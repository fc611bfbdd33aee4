package io.sockeye.client.internal.settings;

import java.time.Duration;
import java.util.Objects;

/** Limits durations so that they can be counted in nanoseconds. */
public final class Durations {
    /** Longer than any client runs; eight times as long still fits in a {@code long} of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private Durations() {}

    /**
     * The same, or the longest that can be counted.
     *
     * @throws IllegalArgumentException if it is shorter than a millisecond
     */
    public static Duration atLeastAMillisecond(String setting, Duration time) {
        if (Objects.requireNonNull(time, setting).compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(setting + ": " + time + ", at least 1 ms");
        }
        return bounded(time);
    }

    /** The same, or the longest that can be counted. */
    public static Duration bounded(Duration time) {
        return time.compareTo(LONGEST) < 0 ? time : LONGEST;
    }
}
