package io.sockeye.ack;

import io.sockeye.json.JsonArray;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledgements that a peer owes. Not thread-safe, but those who wait may call back into the table. When one of them
 * throws, the exception leaves the table, and the others stay for the next call.
 */
public final class AckTable {
    private static final Comparator<Entry> BY_DEADLINE =
            Comparator.comparingLong(Entry::deadlineMillis).thenComparingLong(Entry::id);

    /** Null while nobody waits: most tables are empty for most of their life. */
    private @Nullable Map<Long, Entry> entries;

    /** The entries that have a deadline; null like the above. */
    private @Nullable TreeSet<Entry> deadlines;

    private boolean closed;

    /** A table in which nobody waits. */
    public AckTable() {}

    /**
     * Waits for the answer with this id.
     *
     * @param deadlineMillis when to give up; {@link Long#MAX_VALUE} for never
     * @throws IllegalArgumentException when the id is taken
     */
    public void add(long id, long deadlineMillis, PendingAck pending) {
        if (closed) {
            pending.disconnected();
            return;
        }
        if (entries == null) {
            entries = new HashMap<>();
        }
        var entry = new Entry(id, deadlineMillis, pending);
        if (entries.putIfAbsent(id, entry) != null) {
            throw new IllegalArgumentException("ack id %d is taken".formatted(id));
        }
        if (deadlineMillis == Long.MAX_VALUE) {
            return;
        }
        if (deadlines == null) {
            deadlines = new TreeSet<>(BY_DEADLINE);
        }
        deadlines.add(entry);
    }

    /** Passes the answer on; false when nobody waits for it. */
    public boolean complete(long id, JsonArray arguments) {
        Entry entry = entries == null ? null : entries.get(id);
        if (entry == null || !remove(entry)) {
            return false;
        }
        entry.pending.answered(arguments.asAnswer());
        return true;
    }

    /** Gives up one as if its deadline had come; false when nobody waits for it. */
    public boolean giveUp(long id) {
        Entry entry = entries == null ? null : entries.get(id);
        if (entry == null || !remove(entry)) {
            return false;
        }
        entry.pending.timedOut();
        return true;
    }

    /** Forgets one, who hears nothing; false when nobody waits for it. */
    public boolean remove(long id) {
        Entry entry = entries == null ? null : entries.get(id);
        return entry != null && remove(entry);
    }

    /** Gives up those whose deadline has come. */
    public void expire(long nowMillis) {
        if (nextDeadlineMillis() <= nowMillis) {
            expireDue(nowMillis);
        }
        if (entries != null && entries.isEmpty()) {
            entries = null;
            deadlines = null;
        }
    }

    /** The earliest deadline; {@link Long#MAX_VALUE} when there is none. */
    public long nextDeadlineMillis() {
        return deadlines == null || deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.first().deadlineMillis;
    }

    /** Tells all who wait, and all who come later, that the peer is gone. */
    public void close() {
        closed = true;
        disconnect(id -> true);
        entries = null;
        deadlines = null;
    }

    /** Tells those who wait for one of these ids that the peer is gone, while others may still be answered. */
    public void disconnect(LongPredicate ids) {
        if (entries == null) {
            return;
        }
        for (Entry entry : List.copyOf(entries.values())) {
            if (ids.test(entry.id) && remove(entry)) {
                entry.pending.disconnected();
            }
        }
    }

    /** How many wait. */
    public int size() {
        return entries == null ? 0 : entries.size();
    }

    private void expireDue(long nowMillis) {
        if (deadlines == null) {
            return;
        }
        List<Entry> due = deadlines.stream()
                .takeWhile(entry -> entry.deadlineMillis <= nowMillis)
                .toList();
        for (Entry entry : due) {
            if (remove(entry)) {
                entry.pending.timedOut();
            }
        }
    }

    /** Whether the entry was still there. */
    private boolean remove(Entry entry) {
        if (entries == null || !entries.remove(entry.id, entry)) {
            return false;
        }
        if (deadlines != null) {
            deadlines.remove(entry);
        }
        return true;
    }

    /** Equal only to itself: an id may come again. */
    private static final class Entry {
        private final long id;
        private final long deadlineMillis;
        private final PendingAck pending;

        private Entry(long id, long deadlineMillis, PendingAck pending) {
            this.id = id;
            this.deadlineMillis = deadlineMillis;
            this.pending = pending;
        }

        private long id() {
            return id;
        }

        private long deadlineMillis() {
            return deadlineMillis;
        }
    }
}
