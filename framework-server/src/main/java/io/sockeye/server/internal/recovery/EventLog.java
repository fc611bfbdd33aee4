package io.sockeye.server.internal.recovery;

import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.HeldPackets;
import io.sockeye.engine.memory.Share;
import io.sockeye.engine.memory.SharedPackets;
import io.sockeye.server.internal.socket.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What clients may have missed when they come back, in ascending order of numbers; bounded in count, bytes and time. Any
 * thread; guarded by itself.
 *
 * <p>A number is drawn, its entry kept and the delivery posted to the loops as one step. So every loop, and over it every
 * client, meets the numbers in ascending order, and "the last one that I got" means "all before it, too".
 */
public final class EventLog {
    private static final int SMALLEST = 16;

    private final int maxEntries;
    private final long maxBytes;
    private final long maxAgeMillis;

    /** A ring, whose length is a power of two; the entry of a number is at its lowest bits. */
    private LogEntry.@Nullable Kept[] ring = new LogEntry.@Nullable Kept[SMALLEST];
    /** When each of them was appended; beside them, since each object that is kept costs each garbage collection time. */
    private long[] atMillis = new long[SMALLEST];
    /** What the entries take in memory, which is not found out twice; as {@link #atMillis}. */
    private long[] sizes = new long[SMALLEST];
    /** The oldest number that is kept, or {@link #next} if there is none. */
    private long first = 1;
    /** The number that is drawn next. */
    private long next = 1;

    /** What the entries take: with their packets, which others may hold, too. */
    private final HeldPackets held;

    /** The numbers of the entries that are kept, by their offsets in the log of a cluster; empty if this is no copy of one. */
    private final Map<String, Long> numbers = new HashMap<>();
    /** The offsets at the places of the entries; all null if this is no copy of the log of a cluster. */
    private @Nullable String[] offsets = new @Nullable String[SMALLEST];
    /** The offset of the entry before the oldest one that is kept; null before {@link #goesOn}. */
    private @Nullable String forgotten;

    /** @param budget to which is charged what is kept */
    EventLog(int maxEntries, long maxBytes, long maxAgeMillis, Budget budget) {
        this.held = new HeldPackets(budget);
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
        keep(entry.apply(next), null, nowMillis, delivery);
    }

    /** The same for an entry of the log of a cluster, whose offset comes after all others. */
    synchronized void append(long nowMillis, String offset, LogEntry entry, Delivery delivery) {
        numbers.put(offset, next);
        keep(entry, offset, nowMillis, delivery);
    }

    private void keep(LogEntry entry, @Nullable String offset, long nowMillis, Delivery delivery) {
        long number = next;
        if (number - first == ring.length) {
            grow();
        }
        var kept = entry.kept();
        ring[index(number)] = kept;
        atMillis[index(number)] = nowMillis;
        offsets[index(number)] = offset;
        next = number + 1;
        sizes[index(number)] = kept.bytes();
        hold(kept, sizes[index(number)]);
        delivery.post(number, entry);
        trim(nowMillis);
    }

    private void hold(LogEntry.Kept kept, long size) {
        var share = share(kept);
        if (share == null) {
            held.add(size);
        } else {
            held.add(share);
            held.add(size - share.bytes());
        }
    }

    private void release(int index) {
        var share = share(Objects.requireNonNull(ring[index]));
        if (share == null) {
            held.add(-sizes[index]);
        } else {
            held.remove(share);
            held.add(share.bytes() - sizes[index]);
        }
        ring[index] = null;
    }

    /** What of an entry others may hold, too; null if it is the log's alone. */
    private static @Nullable Share share(LogEntry.Kept kept) {
        return kept instanceof LogEntry.Event event && event.packets() instanceof SharedPackets packets
                ? packets.share()
                : null;
    }

    private void grow() {
        int length = ring.length * 2;
        var entries = new LogEntry.@Nullable Kept[length];
        var times = new long[length];
        var lengths = new long[length];
        var names = new @Nullable String[length];
        for (long number = first; number < next; number++) {
            int to = (int) number & (length - 1);
            entries[to] = ring[index(number)];
            times[to] = atMillis[index(number)];
            lengths[to] = sizes[index(number)];
            names[to] = offsets[index(number)];
        }
        ring = entries;
        atMillis = times;
        sizes = lengths;
        offsets = names;
    }

    private int index(long number) {
        return (int) number & (ring.length - 1);
    }

    private LogEntry.Kept entry(long number) {
        return Objects.requireNonNull(ring[index(number)]);
    }

    /** Forgets what is too old or too much. */
    synchronized void trim(long nowMillis) {
        while (first < next && isTooMuch(nowMillis)) {
            int index = index(first);
            release(index);
            first++;
            var offset = offsets[index];
            if (offset != null) {
                offsets[index] = null;
                numbers.remove(offset);
                forgotten = offset;
            }
        }
    }

    private boolean isTooMuch(long nowMillis) {
        return next - first > maxEntries
                || held.bytes() > maxBytes
                || nowMillis - atMillis[index(first)] > maxAgeMillis;
    }

    /** The last number that was drawn. */
    public synchronized long end() {
        return next - 1;
    }

    /**
     * What has higher numbers up to the last one that was drawn, in their order without a gap; null if some of it is not kept
     * any more.
     */
    synchronized @Nullable List<LogEntry.Kept> after(long number) {
        if (number < first - 1 || number >= next) {
            return null;
        }
        var found = new ArrayList<LogEntry.Kept>((int) (next - 1 - number));
        for (long each = number + 1; each < next; each++) {
            found.add(entry(each));
        }
        return found;
    }

    /** Nobody needs what is kept. */
    synchronized void clear() {
        for (long number = first; number < next; number++) {
            release(index(number));
        }
        ring = new LogEntry.@Nullable Kept[SMALLEST];
        atMillis = new long[SMALLEST];
        sizes = new long[SMALLEST];
        first = next;
        numbers.clear();
        offsets = new @Nullable String[SMALLEST];
    }

    /**
     * What comes next in the log of a cluster follows that offset. If it does not follow what is kept, too, that is forgotten,
     * and a number stands for what was not read, so that nobody goes on behind what was read before.
     *
     * @param gap has those told that are here, behind all that was posted before
     * @return whether something was not read
     */
    synchronized boolean goesOn(String offset, LongConsumer gap) {
        if (forgotten == null) {
            forgotten = offset; // It begins.
            return false;
        }
        if (offset.equals(offset(next - 1))) {
            return false;
        }
        gap.accept(next);
        clear();
        next++;
        first = next;
        forgotten = offset;
        return true;
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
        return number < first || number >= next ? null : offsets[index(number)];
    }

    /** How many entries are held at the moment. */
    public synchronized long size() {
        return next - first;
    }

    /** Bytes that are held at the moment. */
    public synchronized long bytes() {
        return held.bytes();
    }

    /** Posts to the loops what they do with an entry. */
    interface Delivery {
        void post(long number, LogEntry entry);
    }
}
