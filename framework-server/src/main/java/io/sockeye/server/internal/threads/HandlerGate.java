package io.sockeye.server.internal.threads;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what handlers may make of all the events together that they have at the same time. Heavy ones are admitted as long
 * as they weigh no more than the limit together. Small ones among them have a queue and a quarter of the limit of their own,
 * and take what large ones leave, so that they never wait for those; a large one that weighs too much for the rest is
 * admitted while no other large one is inside. Light ones do not ask. Nobody is made to block: a queue whose task is not
 * admitted is paused, and its thread is free. Any thread.
 */
public final class HandlerGate {
    /** What weighs no more need not ask. */
    public static final long LIGHT = 64 << 10;

    /** Small is what weighs no more than this part of the limit. */
    private static final int SMALL_PART = 16;
    /** The part of the limit that is theirs. */
    private static final int RESERVED_PART = 4;

    private final long limit;
    /** What small ones weigh at most; if that is light, there are none. */
    private final long mostOfSmall;
    /** What is theirs alone. */
    private final long reserved;
    /** For how many seconds a task counts. */
    private final int secondsCounted;

    /** Guarded by this, as all that follows. */
    private final GateQueue small = new GateQueue();

    private final GateQueue large = new GateQueue();
    /** Those inside that count, the one first that was admitted first. */
    private final Map<HeavyTask, Stay> inside = new LinkedHashMap<>();
    /** What they weigh, by the share that they count to. */
    private long smallBytes;

    private long largeBytes;
    private long longRunningBytes;
    /** How many queues are paused: those that wait, that are about to be resumed, and those that let others have their turn. */
    private int paused;
    /** Whether all are admitted, since the server stops. */
    private boolean open;
    /** Completed when no queue is paused any more. */
    private CompletableFuture<Void> nonePaused = new CompletableFuture<>();

    /** @param secondsCounted after this time inside, and a second more at most, a task does not keep others waiting */
    public HandlerGate(long limit, int secondsCounted) {
        this.limit = limit;
        this.mostOfSmall = limit / SMALL_PART;
        this.reserved = mostOfSmall > LIGHT ? limit / RESERVED_PART : 0;
        this.secondsCounted = secondsCounted;
    }

    /** @return whether it was admitted; if not, its queue is paused, and it is told later, unless it is withdrawn before */
    synchronized boolean enter(HeavyTask task) {
        var queue = queue(task);
        if (queue.isEmpty() && fits(task)) {
            add(task);
            return true;
        }
        queue.add(task);
        countPaused();
        return false;
    }

    private boolean isSmall(HeavyTask task) {
        return task.weight() <= mostOfSmall;
    }

    private GateQueue queue(HeavyTask task) {
        return isSmall(task) ? small : large;
    }

    private boolean fits(HeavyTask task) {
        long weight = task.weight();
        if (isSmall(task)) {
            return open
                    || smallBytes + weight <= reserved
                    || (large.isEmpty() && smallBytes + largeBytes + weight <= limit);
        }
        return open
                || (largeBytes == 0 && smallBytes <= reserved)
                || Math.max(smallBytes, reserved) + largeBytes + weight <= limit;
    }

    private void add(HeavyTask task) {
        var share = isSmall(task) ? Share.SMALL : Share.LARGE;
        inside.put(task, new Stay(share));
        count(share, task.weight());
    }

    private void count(Share share, long more) {
        switch (share) {
            case SMALL -> smallBytes += more;
            case LARGE -> largeBytes += more;
            case LONG_RUNNING -> longRunningBytes += more;
        }
    }

    /** One that was admitted is through, or does not come. */
    void leave(HeavyTask task) {
        synchronized (this) {
            var stay = inside.remove(task);
            if (stay != null) {
                count(stay.share, -task.weight());
            }
        }
        admitWaiting();
    }

    /**
     * Handlers that block must not hold up all others: those that have been inside for more than a second count to a share of
     * their own, as large as the limit, as far as they fit there, and after some seconds no more. Called once a second.
     */
    public void stopCountingLongRunning() {
        synchronized (this) {
            inside.entrySet().removeIf(each -> isForgotten(each.getKey(), each.getValue()));
        }
        admitWaiting();
    }

    /** A second has passed. */
    private boolean isForgotten(HeavyTask task, Stay stay) {
        stay.seconds++;
        if (stay.seconds > secondsCounted) {
            count(stay.share, -task.weight());
            return true;
        }
        if (stay.seconds > 1 && stay.share != Share.LONG_RUNNING && longRunningBytes + task.weight() <= limit) {
            count(stay.share, -task.weight());
            stay.share = Share.LONG_RUNNING;
            count(stay.share, task.weight());
        }
        return false;
    }

    private void admitWaiting() {
        for (var next = next(); next != null; next = next()) {
            next.admitted();
        }
    }

    /** The next one, which is inside then; null if none may enter. */
    private synchronized @Nullable HeavyTask next() {
        var next = next(small);
        return next == null ? next(large) : next;
    }

    private @Nullable HeavyTask next(GateQueue queue) {
        var next = queue.peek();
        if (next == null || !fits(next)) {
            return null;
        }
        add(next);
        queue.remove();
        return next;
    }

    /** One does not wait any more, and will not come: whether it did wait. Its queue is still paused until it says so. */
    boolean withdraw(HeavyTask task) {
        boolean waited;
        synchronized (this) {
            waited = queue(task).remove(task);
        }
        admitWaiting(); // It may have been the one that the others waited for.
        return waited;
    }

    /** A queue wants to be paused for a moment: whether it may. */
    synchronized boolean pause() {
        if (!open) {
            countPaused();
        }
        return !open;
    }

    private void countPaused() {
        if (paused == 0) {
            nonePaused = new CompletableFuture<>();
        }
        paused++;
    }

    /** A queue is not paused any more. */
    void resumed() {
        CompletableFuture<Void> done;
        synchronized (this) {
            if (--paused > 0) {
                return;
            }
            done = nonePaused;
        }
        done.complete(null);
    }

    /** Completes when no queue is paused. */
    public synchronized CompletableFuture<Void> nonePaused() {
        return paused == 0 ? CompletableFuture.completedFuture(null) : nonePaused;
    }

    /** How many tasks wait to be admitted. */
    public synchronized int waiting() {
        return small.size() + large.size();
    }

    /** Admits whoever waits or comes: the server stops, and what has arrived is still handled. */
    public void open() {
        synchronized (this) {
            open = true;
        }
        admitWaiting();
    }

    /** A heavy event at the head of a queue. */
    interface HeavyTask {
        /** The same whenever it is asked. */
        long weight();

        /** Whose it is; equal for all of one client, and the same whenever it is asked. */
        Object client();

        /** It did wait, and was admitted. Called once at most, by whoever leaves; returns soon and throws nothing. */
        void admitted();
    }

    private enum Share {
        SMALL,
        LARGE,
        LONG_RUNNING
    }

    /** Of one that is inside. */
    private static final class Stay {
        private Share share;
        /** How many seconds have begun since it was admitted. */
        private int seconds;

        private Stay(Share share) {
            this.share = share;
        }
    }
}
