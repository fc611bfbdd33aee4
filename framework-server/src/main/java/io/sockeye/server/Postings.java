package io.sockeye.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;

/**
 * Which broadcasts are on their way from their callers to the loops: one loop may know such a broadcast already while
 * another one will hear of it later, whenever the caller's thread goes on. Any thread.
 */
final class Postings {
    /** The numbers of those that are not posted to all loops yet; guarded by this. */
    private final TreeSet<Long> underWay = new TreeSet<>();
    /** In the order of their numbers; guarded by this. */
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    /** How many there were; guarded by this. */
    private long begun;

    /** Runs what posts a broadcast to all loops. */
    void run(Runnable posting) {
        long number = begin();
        try {
            posting.run();
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

    /** Runs a short task, at once or on another caller's thread, when all loops know of what is under way now. */
    void afterThosePresent(Runnable then) {
        synchronized (this) {
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
