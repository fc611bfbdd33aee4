package io.sockeye.server.internal.threads;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is due when, in one queue for a whole shard: no timer per connection. Owned by the shard's loop. */
public final class Deadlines {
    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);

    private final TreeSet<Deadline> queue =
            new TreeSet<>(Comparator.<Deadline>comparingLong(deadline -> deadline.atMillis)
                    .thenComparingLong(deadline -> deadline.number));

    /** Any thread may create. */
    private final AtomicLong count = new AtomicLong();

    /** How many are set. */
    public int size() {
        return queue.size();
    }

    /** @param action called with the present time when it is due; it is not due again unless it is set again */
    public Deadline create(LongConsumer action) {
        return new Deadline(action, count.getAndIncrement());
    }

    public void run(long nowMillis) {
        while (!queue.isEmpty() && queue.first().atMillis <= nowMillis) {
            var due = queue.pollFirst();
            due.atMillis = Long.MAX_VALUE;
            try {
                due.action.accept(nowMillis);
            } catch (RuntimeException | Error e) {
                log.error("what was due failed", e);
            }
        }
    }

    /** Something that is due at most once at a time. */
    public final class Deadline {
        private final LongConsumer action;
        /** Makes two that are due at the same time different. */
        private final long number;
        /** {@link Long#MAX_VALUE} while not in the queue. */
        private long atMillis = Long.MAX_VALUE;

        private Deadline(LongConsumer action, long number) {
            this.action = action;
            this.number = number;
        }

        /** Sets the time, also an earlier or later one than before; {@link Long#MAX_VALUE} cancels. */
        public void set(long millis) {
            if (millis == atMillis) {
                return;
            }
            if (atMillis != Long.MAX_VALUE) {
                queue.remove(this);
            }
            atMillis = millis;
            if (millis != Long.MAX_VALUE) {
                queue.add(this);
            }
        }

        /** Sets the time if it is earlier than the present one. */
        public void bringForward(long millis) {
            if (millis < atMillis) {
                set(millis);
            }
        }
    }
}
