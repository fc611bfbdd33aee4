package io.sockeye.server;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows under a namespace's name, from when one thread begins to make the namespace until one has ended
 * it. Both run user code and hold no lock meanwhile. Any thread.
 *
 * <pre>
 *   being made ──▶ found ──▶ open ──▶ ending ──▶ gone
 *       └────────────────────────────────────────▲ its adapter could not be made
 * </pre>
 */
final class NamespaceEntry {
    private final CompletableFuture<Namespace> made = new CompletableFuture<>();
    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    /** Who makes or ends it; null while nobody does. */
    private volatile @Nullable Thread busy = Thread.currentThread();
    /** How many sockets there are, may be soon, or still have handlers that run; guarded by this. */
    private int members;
    /** Written while holding this. */
    private volatile boolean ending;

    /** It can be found, but not be entered before all handlers were told of it. */
    void made(Namespace namespace) {
        made.complete(namespace);
    }

    /** All handlers were told. */
    void open() {
        open.complete(null);
        busy = null;
    }

    /** Whoever waits has to look for another one. */
    void gone() {
        gone.complete(null);
        busy = null;
    }

    /** The namespace if there is one at the moment, for instance to be closed. */
    @Nullable
    Namespace present() {
        return made.getNow(null);
    }

    /**
     * The namespace, also one that the caller is making or ending. Waits for the adapter.
     *
     * @return null if it is gone
     * @throws IllegalStateException if the caller is making its adapter
     */
    @Nullable
    Namespace find() {
        if (busy == Thread.currentThread()) {
            var present = made.getNow(null);
            if (present == null) {
                throw new IllegalStateException("a namespace is needed to make its own adapter");
            }
            return present;
        }
        if (ending) {
            gone.join();
            return null;
        }
        CompletableFuture.anyOf(made, gone).join();
        return made.getNow(null);
    }

    /** Completes when it is open or gone. */
    CompletableFuture<?> settled() {
        return CompletableFuture.anyOf(ending ? gone : open, gone);
    }

    /** The namespace, which will not end before {@link #leave}; null if it is not open. */
    @Nullable
    synchronized Namespace enter() {
        if (ending || !open.isDone()) {
            return null;
        }
        members++;
        return made.getNow(null);
    }

    /**
     * One member less.
     *
     * @param endsEmpty whether it ends with its last member
     * @return whether the caller has to end it
     */
    synchronized boolean leave(boolean endsEmpty) {
        members--;
        if (members > 0 || !endsEmpty) {
            return false;
        }
        busy = Thread.currentThread();
        ending = true;
        return true;
    }
}
