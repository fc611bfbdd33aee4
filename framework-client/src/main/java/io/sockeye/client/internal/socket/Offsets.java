package io.sockeye.client.internal.socket;

import io.sockeye.json.JsonArray;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the offset that a server with connection state recovery appends to its events as the last argument. An argument of
 * the application must not be mistaken for one: the server would not know the offset, and recovery would fail. Owned by the
 * loop.
 */
final class Offsets {
    private static final String YEAST = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    private static final int MAX_LENGTH = 64;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long MAX_CLOCK_DIFFERENCE_MILLIS = 366 * DAY_MILLIS;

    /** By form. A server uses one form only: the most frequent one is taken to be that. */
    private final Map<Form, Seen> seen = new EnumMap<>(Form.class);

    /** The last offset of a form, and how many there were. */
    private record Seen(String last, int count) {}

    /** The offset of the last event that had one; null if there was none. */
    @Nullable
    String last() {
        return seen.values().stream()
                .max(Comparator.comparingInt(Seen::count))
                .map(Seen::last)
                .orElse(null);
    }

    void reset() {
        seen.clear();
    }

    /**
     * An event arrived that wants no acknowledgement; others carry no offset.
     *
     * @param arguments the event's name, then its arguments
     * @param wallClockMillis the time of day
     */
    void record(JsonArray arguments, long wallClockMillis) {
        int size = arguments.size();
        String candidate = size < 2 ? null : arguments.stringAt(size - 1);
        if (candidate == null || candidate.length() > MAX_LENGTH) {
            return;
        }
        var found = Form.of(candidate, wallClockMillis);
        if (found != null) {
            seen.merge(found, new Seen(candidate, 1), (before, now) -> new Seen(candidate, before.count + 1));
        }
    }

    /** The offsets of known servers. */
    private enum Form {
        /** Sockeye's: its own prefix and a counter. */
        SOCKEYE("[A-Za-z0-9_-]{8}\\.[0-9a-z]{1,13}"),
        /** Of Node's adapters over Redis streams: time and counter. */
        REDIS_STREAM("\\d{13}-\\d{1,10}"),
        /** Of Node's adapter over MongoDB: an ObjectId. */
        MONGO("[0-9a-f]{24}"),
        /** Of Node's adapter in memory: the time in base 64, and a counter where that was not enough. */
        NODE_IN_MEMORY("([0-9A-Za-z_-]{7})(\\.[0-9A-Za-z_-]{1,8})?");

        private final Pattern pattern;

        Form(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        static @Nullable Form of(String candidate, long wallClockMillis) {
            for (var form : values()) {
                var matcher = form.pattern.matcher(candidate);
                if (matcher.matches() && (form != NODE_IN_MEMORY || isNear(matcher.group(1), wallClockMillis))) {
                    return form;
                }
            }
            return null;
        }

        /** Any word of seven letters can be read as a time, but hardly one as a time near the present. */
        private static boolean isNear(String yeast, long wallClockMillis) {
            long time = 0;
            for (int i = 0; i < yeast.length(); i++) {
                time = time * YEAST.length() + YEAST.indexOf(yeast.charAt(i));
            }
            return Math.abs(time - wallClockMillis) < MAX_CLOCK_DIFFERENCE_MILLIS;
        }
    }
}
