package io.sockeye.server.internal.connection;

import io.sockeye.engine.memory.Budget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends those of one shard that hold the most of one budget, while too much of it is used. Owned by the loop, but for {@link #most}. */
final class BudgetRelief {
    private static final Logger log = LoggerFactory.getLogger(BudgetRelief.class);

    /** How long a loop that does not look is waited for, while the budget is used up. */
    static final long PATIENCE_MILLIS = 200;

    private final Budget budget;
    private final Source source;
    private final Others others;

    private volatile long most;
    /** When that was looked for; written after it. */
    private volatile long lookedMillis = Long.MIN_VALUE;
    /** Since when others are to look, too, before anybody is ended; {@link Long#MAX_VALUE} while there is no need. */
    private long neededSinceMillis = Long.MAX_VALUE;

    BudgetRelief(Budget budget, Source source, Others others) {
        this.budget = budget;
        this.source = source;
        this.others = others;
    }

    /** Any thread: the most that one of this shard held when it was looked at last; 0 while there is memory enough. */
    long most() {
        return most;
    }

    /** Any thread: whether it was looked since that time. */
    boolean lookedSince(long millis) {
        return lookedMillis > millis;
    }

    /** Ends those that hold more than half of what the largest of all holds, if that one is here. */
    void look(long nowMillis) {
        boolean scarce = budget.heldBytes() >= budget.limitBytes() / 4 * 3;
        most = scarce ? largest() : 0;
        lookedMillis = nowMillis;
        if (!isFull()) {
            neededSinceMillis = Long.MAX_VALUE;
        } else if (neededSinceMillis == Long.MAX_VALUE) {
            neededSinceMillis = nowMillis;
        } else if (isCompared(nowMillis)) {
            long least = Relief.least(budget.limitBytes());
            if (most >= least && most >= others.most(budget)) {
                neededSinceMillis = nowMillis; // There may be memory again before the others look.
                end(Math.max(least, most / 2));
            }
        }
    }

    /** Whether all loops have said who holds the most, or have had time enough. */
    private boolean isCompared(long nowMillis) {
        return others.lookedSince(budget, neededSinceMillis) || nowMillis - neededSinceMillis >= PATIENCE_MILLIS;
    }

    private boolean isFull() {
        return budget.heldBytes() >= budget.limitBytes() / 10 * 9;
    }

    private long largest() {
        var holders = new Holders(false);
        source.tell(1, holders);
        return holders.largest;
    }

    /** Those that are not there first, then the largest, as long as there is need. */
    private void end(long atLeast) {
        var holders = new Holders(true);
        source.tell(atLeast, holders);
        holders.found.sort(
                Comparator.comparing(Holder::away).thenComparing(Holder::bytes).reversed());
        for (var holder : holders.found) {
            if (!isFull()) {
                return;
            }
            try {
                holder.end().run();
            } catch (Throwable e) { // The others still have to go.
                log.debug("a client that held too much ended by {}", e.toString());
            }
        }
    }

    /** Tells of all that hold something. */
    interface Source {
        void tell(long atLeast, Holders holders);
    }

    /** The other shards. */
    interface Others {
        /** Whether all of them have looked since that time. */
        boolean lookedSince(Budget budget, long millis);

        /** How much the largest one of theirs holds. */
        long most(Budget budget);
    }

    /** Who holds how much. */
    static final class Holders {
        private final boolean collects;
        private final List<Holder> found = new ArrayList<>();
        private long largest;

        private Holders(boolean collects) {
            this.collects = collects;
        }

        /** Whether somebody who holds so much is to be told of. */
        boolean wants(long bytes, long atLeast) {
            largest = Math.max(largest, bytes);
            return collects && bytes >= atLeast;
        }

        /** @param away whether the client does not ask for it */
        void add(long bytes, boolean away, Runnable end) {
            found.add(new Holder(bytes, away, end));
        }
    }

    private record Holder(long bytes, boolean away, Runnable end) {}
}
