package io.sockeye.server;

import io.sockeye.engine.Budget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends those of one shard that hold the most of one budget, while too much of it is used. Owned by the loop, but for {@link #most}. */
final class ReliefOf {
    private static final Logger log = LoggerFactory.getLogger(ReliefOf.class);

    private final Budget budget;
    private final Source source;
    /** How much the largest one of the other shards holds. */
    private final ToLongFunction<Budget> others;

    private volatile long most;
    /** Whether all loops have had time to say who holds the most. */
    private boolean compared;

    ReliefOf(Budget budget, Source source, ToLongFunction<Budget> others) {
        this.budget = budget;
        this.source = source;
        this.others = others;
    }

    /** Any thread: the most that one of this shard held when it was looked at last; 0 while there is memory enough. */
    long most() {
        return most;
    }

    /** Ends those that hold more than half of what the largest of all holds, if that one is here. */
    void look() {
        if (budget.heldBytes() < budget.limitBytes() / 4 * 3) {
            compared = false;
            most = 0;
            return;
        }
        most = largest();
        long least = Relief.least(budget.limitBytes());
        if (compared && isFull() && most >= least && most >= others.applyAsLong(budget)) {
            end(Math.max(least, most / 2)); // The others wait for our next look, since there may be memory again.
        }
        compared = isFull();
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
