package io.sockeye.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** The numbers of the entries that are kept, by their offsets in the log of a cluster; empty if this is no copy of one. */
    private final Map<String, Long> numbers = new HashMap<>();
    /** The offset of the entry before the oldest one that is kept. */
    private String forgotten = "";

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
        keep(new Kept(next, entry.apply(next), nowMillis, null), delivery);
    }

    /** The same for an entry of the log of a cluster, whose offset comes after all others. */
    synchronized void append(long nowMillis, String offset, LogEntry entry, Delivery delivery) {
        numbers.put(offset, next);
        keep(new Kept(next, entry, nowMillis, offset), delivery);
    }

    private void keep(Kept kept, Delivery delivery) {
        if (kept.number - first == ring.length) {
            grow();
        }
        ring[index(kept.number)] = kept;
        next = kept.number + 1;
        bytes += kept.entry.bytes();
        delivery.post(kept.number, kept.entry);
        trim(kept.atMillis);
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
            var oldest = Objects.requireNonNull(ring[index]);
            ring[index] = null;
            bytes -= oldest.entry.bytes();
            first++;
            if (oldest.offset != null) {
                numbers.remove(oldest.offset);
                forgotten = oldest.offset;
            }
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
        numbers.clear();
    }

    /** What comes next in the log of a cluster does not follow what is kept, but that offset. */
    synchronized void restart(String offset) {
        clear();
        forgotten = offset;
    }

    /** The number of an offset of the log of a cluster; negative if what follows it is not kept. */
    synchronized long number(String offset) {
        return offset.equals(forgotten) ? first - 1 : numbers.getOrDefault(offset, -1L);
    }

    /** The offset of a number in the log of a cluster; null if it is not known any more. */
    synchronized @Nullable String offset(long number) {
        if (number == first - 1) {
            return forgotten;
        }
        return number < first || number >= next ? null : Objects.requireNonNull(ring[index(number)]).offset;
    }

    /** Bytes that are held at the moment. */
    synchronized long bytes() {
        return bytes;
    }

    /**
     * An entry and its number.
     *
     * @param offset in the log of a cluster; null if there is none
     */
    record Kept(
            long number,
            LogEntry entry,
            long atMillis,
            @Nullable String offset) {}

    /** Posts to the loops what they do with an entry. */
    interface Delivery {
        void post(long number, LogEntry entry);
    }
}
