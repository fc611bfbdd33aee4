package io.sockeye.client.internal.settings;

import java.time.Duration;
import java.util.Objects;

/** Times that can be counted. */
public final class Durations {
    /** Longer than any client runs, and eight times as long is still a number of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private Durations() {}

    /**
     * The same, or what is as good as for ever.
     *
     * @throws IllegalArgumentException if it is shorter than a millisecond
     */
    public static Duration atLeastAMillisecond(String setting, Duration time) {
        if (Objects.requireNonNull(time, setting).compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(setting + ": " + time + ", at least 1 ms");
        }
        return bounded(time);
    }

    /** The same, or what is as good as for ever. */
    public static Duration bounded(Duration time) {
        return time.compareTo(LONGEST) < 0 ? time : LONGEST;
    }
}
