package io.sockeye.server.internal.threads;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what handlers may make of all the events together that they have at the same time. Heavy ones are let in, in the
 * order of asking, as long as they weigh no more than the limit together; one that weighs more than that is let in while no
 * other is inside. Light ones do not ask. Nobody is made to block: a mailbox that is not let in rests, and its thread is
 * free. Any thread.
 */
public final class HandlerGate {
    /** What weighs no more need not ask. */
    public static final long LIGHT = 64 << 10;

    private final long limit;
    /** In the order of asking; guarded by this, as all that follows. */
    private final ArrayDeque<HeavyTask> waiting = new ArrayDeque<>();
    /** Those inside that have been there for one look, or for none. */
    private Set<HeavyTask> earlier = new HashSet<>();

    private Set<HeavyTask> recent = new HashSet<>();
    /** The weight of both. */
    private long inside;
    /** How many mailboxes rest: those that wait, that are about to go on, and those that let others have their turn. */
    private int paused;
    /** Whether all are let in, since the server stops. */
    private boolean open;
    /** Completed when no mailbox rests any more. */
    private CompletableFuture<Void> nonePaused = new CompletableFuture<>();

    public HandlerGate(long limit) {
        this.limit = limit;
    }

    /** @return whether it was let in; if not, its mailbox rests, and it is told later, unless it is withdrawn before */
    synchronized boolean enter(HeavyTask task) {
        if (waiting.isEmpty() && fits(task)) {
            add(task);
            return true;
        }
        waiting.add(task);
        countPaused();
        return false;
    }

    private boolean fits(HeavyTask task) {
        return open || inside == 0 || inside + task.weight() <= limit;
    }

    private void add(HeavyTask task) {
        recent.add(task);
        inside += task.weight();
    }

    /** One that was let in is through, or does not come. */
    void leave(HeavyTask task) {
        synchronized (this) {
            if (recent.remove(task) || earlier.remove(task)) {
                inside -= task.weight();
            }
        }
        admitWaiting();
    }

    /** Those that were inside at the last look do not count any more: a handler that blocks must not hold up all others. */
    public void stopCountingLongRunning() {
        synchronized (this) {
            var none = new HashSet<HeavyTask>(); // First: it may need memory that is not there.
            earlier.forEach(task -> inside -= task.weight());
            earlier = recent;
            recent = none;
        }
        admitWaiting();
    }

    private void admitWaiting() {
        for (var next = next(); next != null; next = next()) {
            next.admitted();
        }
    }

    /** The next one, which is inside then; null if none may enter. */
    private synchronized @Nullable HeavyTask next() {
        var next = waiting.peek();
        if (next == null || !fits(next)) {
            return null;
        }
        add(next);
        return waiting.remove();
    }

    /** One does not wait any more, and will not come: whether it did wait. Its mailbox still rests until it says so. */
    boolean withdraw(HeavyTask task) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(task);
        }
        admitWaiting(); // It may have been the one that the others waited for.
        return waited;
    }

    /** A mailbox wants to rest for a moment: whether it may. */
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

    /** A mailbox does not rest any more. */
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

    /** Completes when no mailbox rests. */
    public synchronized CompletableFuture<Void> nonePaused() {
        return paused == 0 ? CompletableFuture.completedFuture(null) : nonePaused;
    }

    /** Lets in whoever waits or comes: the server stops, and what has arrived is still handled. */
    public void open() {
        synchronized (this) {
            open = true;
        }
        admitWaiting();
    }

    /** A heavy event at the head of a mailbox. */
    interface HeavyTask {
        /** The same whenever it is asked. */
        long weight();

        /** It did wait, and was let in. Called once at most, by whoever leaves; returns soon and throws nothing. */
        void admitted();
    }
}
