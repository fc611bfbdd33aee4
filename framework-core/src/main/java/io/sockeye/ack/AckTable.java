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
 * Acknowledgements that a peer has yet to send. Not thread-safe, but a {@link PendingAck} may call back into the table.
 * If one throws, the caller gets the exception, and entries that were not reached yet stay in the table.
 */
public final class AckTable {
    private static final Comparator<Entry> BY_DEADLINE =
            Comparator.comparingLong(Entry::deadlineMillis).thenComparingLong(Entry::id);

    /** Null while the table is empty, as most are for most of their life. */
    private @Nullable Map<Long, Entry> entries;

    /** The entries that have a deadline; null until one is added, and again while the table is empty. */
    private @Nullable TreeSet<Entry> deadlines;

    private boolean closed;

    /** An empty table. */
    public AckTable() {}

    /**
     * Adds an entry for this id. A closed table calls {@link PendingAck#disconnected} at once instead.
     *
     * @param deadlineMillis when to time out; {@link Long#MAX_VALUE} for never
     * @throws IllegalArgumentException if the id is in use
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

    /** Removes the entry and passes the answer to it; false if there is none with this id. */
    public boolean complete(long id, JsonArray arguments) {
        Entry entry = entries == null ? null : entries.get(id);
        if (entry == null || !remove(entry)) {
            return false;
        }
        entry.pending.answered(arguments.asAnswer());
        return true;
    }

    /** Removes the entry and times it out before its deadline; false if there is none with this id. */
    public boolean giveUp(long id) {
        Entry entry = entries == null ? null : entries.get(id);
        if (entry == null || !remove(entry)) {
            return false;
        }
        entry.pending.timedOut();
        return true;
    }

    /** Removes the entry without calling its {@link PendingAck}; false if there is none with this id. */
    public boolean remove(long id) {
        Entry entry = entries == null ? null : entries.get(id);
        return entry != null && remove(entry);
    }

    /** Removes and times out the entries whose deadline has passed. */
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

    /**
     * Removes all entries with {@link PendingAck#disconnected}; entries that are added later get the same call at once.
     */
    public void close() {
        closed = true;
        disconnect(id -> true);
        entries = null;
        deadlines = null;
    }

    /** Removes the entries with these ids with {@link PendingAck#disconnected}; all others stay. */
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

    /** The number of entries. */
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

    /** Removes the entry; false if it was not in the table any more. */
    private boolean remove(Entry entry) {
        if (entries == null || !entries.remove(entry.id, entry)) {
            return false;
        }
        if (deadlines != null) {
            deadlines.remove(entry);
        }
        return true;
    }

    /** Compared by identity: an id may be used again. */
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
