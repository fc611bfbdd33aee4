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
    private final ArrayDeque<Visitor> waiting = new ArrayDeque<>();
    /** Those inside that have been there for one look, or for none. */
    private Set<Visitor> earlier = new HashSet<>();

    private Set<Visitor> recent = new HashSet<>();
    /** The weight of both. */
    private long inside;
    /** How many mailboxes rest: those that wait, that are about to go on, and those that let others have their turn. */
    private int resting;
    /** Whether all are let in, since the server stops. */
    private boolean open;
    /** Completed when no mailbox rests any more. */
    private CompletableFuture<Void> noneRests = new CompletableFuture<>();

    public HandlerGate(long limit) {
        this.limit = limit;
    }

    /** @return whether it was let in; if not, its mailbox rests, and it is told later, unless it is withdrawn before */
    synchronized boolean enter(Visitor visitor) {
        if (waiting.isEmpty() && fits(visitor)) {
            add(visitor);
            return true;
        }
        waiting.add(visitor);
        rests();
        return false;
    }

    private boolean fits(Visitor visitor) {
        return open || inside == 0 || inside + visitor.weight() <= limit;
    }

    private void add(Visitor visitor) {
        recent.add(visitor);
        inside += visitor.weight();
    }

    /** One that was let in is through, or does not come. */
    void leave(Visitor visitor) {
        synchronized (this) {
            if (recent.remove(visitor) || earlier.remove(visitor)) {
                inside -= visitor.weight();
            }
        }
        letIn();
    }

    /** Those that were inside at the last look do not count any more: a handler that blocks must not hold up all others. */
    public void look() {
        synchronized (this) {
            var none = new HashSet<Visitor>(); // First: it may need memory that is not there.
            earlier.forEach(visitor -> inside -= visitor.weight());
            earlier = recent;
            recent = none;
        }
        letIn();
    }

    private void letIn() {
        for (var next = next(); next != null; next = next()) {
            next.letIn();
        }
    }

    /** The next one, which is inside then; null if none may enter. */
    private synchronized @Nullable Visitor next() {
        var next = waiting.peek();
        if (next == null || !fits(next)) {
            return null;
        }
        add(next);
        return waiting.remove();
    }

    /** One does not wait any more, and will not come: whether it did wait. Its mailbox still rests until it says so. */
    boolean withdraw(Visitor visitor) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(visitor);
        }
        letIn(); // It may have been the one that the others waited for.
        return waited;
    }

    /** A mailbox wants to rest for a moment: whether it may. */
    synchronized boolean pause() {
        if (!open) {
            rests();
        }
        return !open;
    }

    private void rests() {
        if (resting == 0) {
            noneRests = new CompletableFuture<>();
        }
        resting++;
    }

    /** A mailbox does not rest any more. */
    void goesOn() {
        CompletableFuture<Void> done;
        synchronized (this) {
            if (--resting > 0) {
                return;
            }
            done = noneRests;
        }
        done.complete(null);
    }

    /** Completes when no mailbox rests. */
    public synchronized CompletableFuture<Void> noneRests() {
        return resting == 0 ? CompletableFuture.completedFuture(null) : noneRests;
    }

    /** Lets in whoever waits or comes: the server stops, and what has arrived is still handled. */
    public void open() {
        synchronized (this) {
            open = true;
        }
        letIn();
    }

    /** A heavy event at the head of a mailbox. */
    interface Visitor {
        /** The same whenever it is asked. */
        long weight();

        /** It did wait, and was let in. Called once at most, by whoever leaves; returns soon and throws nothing. */
        void letIn();
    }
}
