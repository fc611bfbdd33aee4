package io.sockeye.server;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log of a cluster. What this server does takes effect here in the order in which it was done: what was
 * appended, when the log says so, and what is not logged behind that. Any thread; guarded by itself, and takes the lock of
 * the {@link EventLog} while it holds its own.
 */
final class LogFollower implements ClusterLog.Reader {
    private final ClusterLog log;
    private final Delivery delivery;
    /** What was appended here and not read yet, and what waits behind it. */
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    LogFollower(ClusterLog log, Delivery delivery) {
        this.log = log;
        this.delivery = delivery;
    }

    void start() {
        log.start(this);
    }

    /** @param failed told if the entry is not in the log */
    synchronized void append(ClusterLog.Entry entry, Runnable failed) {
        var appended = new Waiting(entry, failed);
        waiting.add(appended);
        log.append(entry).whenComplete((done, failure) -> {
            if (failure != null) {
                fail(appended);
            }
        });
    }

    /** Runs a short task when all that was appended here before has taken effect. */
    synchronized void afterAppended(Runnable task) {
        if (waiting.isEmpty()) {
            task.run();
        } else {
            waiting.add(new Waiting(null, task));
        }
    }

    private synchronized void fail(Waiting appended) {
        appended.due = true;
        runDue();
    }

    private void runDue() {
        for (var next = waiting.peek(); next != null && (next.due || next.entry == null); next = waiting.peek()) {
            waiting.remove();
            next.task.run();
        }
    }

    @Override
    public synchronized void begin(String offset) {
        delivery.begin(offset);
    }

    @Override
    public synchronized void read(String offset, ClusterLog.Entry entry) {
        var next = waiting.peek();
        if (next != null && next.entry == entry) {
            waiting.remove();
        }
        delivery.deliver(offset, entry);
        runDue();
    }

    /** Delivers what was read on this server. */
    interface Delivery {
        void begin(String offset);

        void deliver(String offset, ClusterLog.Entry entry);
    }

    private static final class Waiting {
        /** Null for what is not logged. */
        private final ClusterLog.@Nullable Entry entry;

        private final Runnable task;
        /** Whether the entry has failed. */
        private boolean due;

        private Waiting(ClusterLog.@Nullable Entry entry, Runnable task) {
            this.entry = entry;
            this.task = task;
        }
    }
}
