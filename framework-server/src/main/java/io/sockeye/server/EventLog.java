package io.sockeye.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What clients may have missed when they come back, in ascending order of numbers; bounded in count, bytes and time. Any
 * thread; guarded by itself.
 *
 * <p>A number is drawn, its entry kept and the delivery posted to the loops as one step. So every loop, and over it every
 * client, meets the numbers in ascending order, and "the last one that I got" means "all before it, too".
 */
final class EventLog {
    private final int maxEntries;
    private final long maxBytes;
    private final long maxAgeMillis;

    /** A ring, whose length is a power of two; the entry of a number is at its lowest bits. */
    private @Nullable Kept[] ring = new @Nullable Kept[16];
    /** The oldest number that is kept, or {@link #next} if there is none. */
    private long first = 1;
    /** The number that is drawn next. */
    private long next = 1;

    private long bytes;

    EventLog(int maxEntries, long maxBytes, long maxAgeMillis) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        this.maxAgeMillis = maxAgeMillis;
    }

    /**
     * Keeps an entry and has it delivered.
     *
     * @param entry makes the entry of this number; if it throws, the number is not used
     * @param delivery posts the delivery of that number, which must be quick
     */
    synchronized void append(long nowMillis, LongFunction<LogEntry> entry, Delivery delivery) {
        long number = next;
        var kept = new Kept(number, entry.apply(number), nowMillis);
        if (number - first == ring.length) {
            grow();
        }
        ring[index(number)] = kept;
        next = number + 1;
        bytes += kept.entry.bytes();
        delivery.post(number, kept.entry);
        trim(nowMillis);
    }

    private void grow() {
        var larger = new @Nullable Kept[ring.length * 2];
        for (long number = first; number < next; number++) {
            larger[(int) number & (larger.length - 1)] = ring[index(number)];
        }
        ring = larger;
    }

    private int index(long number) {
        return (int) number & (ring.length - 1);
    }

    /** Forgets what is too old or too much. */
    synchronized void trim(long nowMillis) {
        while (first < next && isTooMuch(nowMillis)) {
            int index = index(first);
            var oldest = ring[index];
            ring[index] = null;
            bytes -= oldest == null ? 0 : oldest.entry.bytes();
            first++;
        }
    }

    private boolean isTooMuch(long nowMillis) {
        var oldest = ring[index(first)];
        return next - first > maxEntries
                || bytes > maxBytes
                || (oldest != null && nowMillis - oldest.atMillis > maxAgeMillis);
    }

    /** The last number that was drawn. */
    synchronized long end() {
        return next - 1;
    }

    /**
     * What has higher numbers up to the last one that was drawn, without a gap, oldest first; null if some of it is not kept
     * any more.
     */
    synchronized @Nullable List<Kept> after(long number) {
        if (number < first - 1 || number >= next) {
            return null;
        }
        var found = new ArrayList<Kept>((int) (next - 1 - number));
        for (long each = number + 1; each < next; each++) {
            found.add(Objects.requireNonNull(ring[index(each)]));
        }
        return found;
    }

    /** Nobody needs what is kept. */
    synchronized void clear() {
        ring = new @Nullable Kept[16];
        first = next;
        bytes = 0;
    }

    /** Bytes that are held at the moment. */
    synchronized long bytes() {
        return bytes;
    }

    /** An entry and its number. */
    record Kept(long number, LogEntry entry, long atMillis) {}

    /** Posts to the loops what they do with an entry. */
    interface Delivery {
        void post(long number, LogEntry entry);
    }
}
