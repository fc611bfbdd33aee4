package io.sockeye.server.internal.namespace;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows under a namespace's name. Its adapter is made and closed by user code, while no lock is held and
 * nobody waits: whoever finds the namespace meanwhile can use it, see {@link LateAdapter}. Any thread.
 *
 * <pre>
 *   the one before is gone ──▶ its adapter is made, handlers are told ──▶ open ──▶ ending ──▶ gone
 *                                  └─────────────────────────────────────────────────────────▲ it could not be made
 * </pre>
 */
final class NamespaceEntry {
    private final LocalNamespace namespace;
    /** Whether a client brought it into being: it counts, and may end with its last member. */
    private final boolean byClient;
    /** Completes when the adapter of the one before is closed, for the next one to be made. */
    private final CompletableFuture<Void> free;

    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    /** How many sockets there are, may be soon, or still have handlers that run; guarded by this. */
    private int members;
    /** Guarded by this. */
    private boolean ending;

    /**
     * One that is not open yet.
     *
     * @param byClient whether a client brings it into being
     * @param before the one of the same name that ends; null if there is none
     */
    NamespaceEntry(LocalNamespace namespace, boolean byClient, @Nullable NamespaceEntry before) {
        this.namespace = namespace;
        this.byClient = byClient;
        this.free = before == null ? CompletableFuture.completedFuture(null) : before.gone;
    }

    LocalNamespace namespace() {
        return namespace;
    }

    /** Whether a client brought it into being. */
    boolean byClient() {
        return byClient;
    }

    /** Completes when the adapter of the one before is closed, for the next one to be made. */
    CompletableFuture<Void> free() {
        return free;
    }

    /** All handlers were told: it can be entered. */
    void open() {
        open.complete(null);
    }

    /** Whoever waits has to look for another one. */
    void gone() {
        gone.complete(null);
    }

    /** Completes when it is open or gone. */
    CompletableFuture<?> settled() {
        return CompletableFuture.anyOf(open, gone);
    }

    synchronized boolean isEnding() {
        return ending;
    }

    /** The namespace, which will not end before {@link #leave}; null if it is not open. */
    @Nullable
    synchronized LocalNamespace enter() {
        if (ending || !open.isDone()) {
            return null;
        }
        members++;
        return namespace;
    }

    /**
     * One member less.
     *
     * @param cleanup whether one that a client brought into being ends with its last member
     * @return whether the caller has to end it
     */
    synchronized boolean leave(boolean cleanup) {
        members--;
        ending = members == 0 && byClient && cleanup;
        return ending;
    }
}
