package io.sockeye.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Numbers what is posted to all loops, and knows what is still on its way there from its callers: one loop may know of a
 * broadcast already while another one will hear of it later, whenever the caller's thread goes on. Any thread.
 */
final class Postings {
    /** The numbers of those that are not posted to all loops yet; guarded by this. */
    private final TreeSet<Long> underWay = new TreeSet<>();
    /** In the order of their numbers; guarded by this. */
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    /** How many there were; guarded by this. */
    private long begun;

    /** Runs what posts something, under this number, to all loops. */
    void run(LongConsumer posting) {
        long number = begin();
        try {
            posting.accept(number);
        } finally {
            end(number).forEach(Runnable::run);
        }
    }

    synchronized long begin() {
        underWay.add(begun);
        return begun++;
    }

    /** @return what waited for the end of that posting */
    synchronized List<Runnable> end(long number) {
        underWay.remove(number);
        var due = new ArrayList<Runnable>(0);
        while (!waiters.isEmpty() && allPostedBefore(waiters.element().number)) {
            due.add(waiters.remove().then);
        }
        return due;
    }

    /**
     * Parts what began before from what begins later, which has this number or a higher one.
     *
     * @param publish is told the number; whoever begins later sees what it did
     * @param then a short task, run at once or on another caller's thread when all loops know of what began before
     */
    void cut(LongConsumer publish, Runnable then) {
        synchronized (this) {
            publish.accept(begun);
            if (!allPostedBefore(begun)) {
                waiters.add(new Waiter(begun, then));
                return;
            }
        }
        then.run();
    }

    private boolean allPostedBefore(long number) {
        return underWay.isEmpty() || underWay.first() >= number;
    }

    private record Waiter(long number, Runnable then) {}
}
