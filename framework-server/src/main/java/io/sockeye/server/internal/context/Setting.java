package io.sockeye.server.internal.context;

import java.time.Duration;
import java.util.regex.Pattern;

/** Checks values of settings; what is thrown names the setting and the value. */
public final class Setting {
    /** Longer than a life, but it can be added to any point in time. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** As requests spell it: the path of a URL (RFC 3986, 3.3). */
    private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");

    private Setting() {}

    /** A time of at least a millisecond. */
    public static Duration time(String name, Duration value) {
        return time(name, value, LONGEST);
    }

    /** A time of at least a millisecond. */
    public static Duration time(String name, Duration value, Duration longest) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException("%s: %s, must be 1 ms to %s".formatted(name, value, longest));
        }
        return value;
    }

    /** A number of this range. */
    public static int between(int smallest, int largest, String name, int value) {
        if (value < smallest || value > largest) {
            throw new IllegalArgumentException("%s: %d, must be %d to %d".formatted(name, value, smallest, largest));
        }
        return value;
    }

    /** The path of a URL. */
    public static void path(String name, String value) {
        if (!PATH.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    name + ": '" + value + "', must start with '/' and have only characters of a URL's path");
        }
    }

    /** A number of this size at least. */
    public static int atLeast(int smallest, String name, int value) {
        if (value < smallest) {
            throw new IllegalArgumentException("%s: %d, must be at least %d".formatted(name, value, smallest));
        }
        return value;
    }

    /** A number of this size at least. */
    public static long atLeast(long smallest, String name, long value) {
        if (value < smallest) {
            throw new IllegalArgumentException("%s: %d, must be at least %d".formatted(name, value, smallest));
        }
        return value;
    }
}
