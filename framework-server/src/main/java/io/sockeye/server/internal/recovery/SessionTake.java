package io.sockeye.server.internal.recovery;

import io.sockeye.server.adapter.StoredSession;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A session that this server is about to take out of the store of a cluster. Any thread; guarded by itself. */
final class SessionTake {
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    /** Not null while the store is asked, and from when it has given the session until a socket has it. */
    private @Nullable CompletableFuture<Boolean> asking = new CompletableFuture<>();
    /** What the store has given, until somebody takes care of it. */
    private @Nullable StoredSession found;

    /** Completes when the session has a socket, or nobody here looks for it any more. */
    CompletableFuture<Void> settled() {
        return settled;
    }

    void settle() {
        settled.complete(null);
        asksOthers();
    }

    synchronized void found(StoredSession session) {
        found = session;
    }

    /** What was found, for one caller, who takes care of it. */
    synchronized @Nullable StoredSession taken() {
        var session = found;
        found = null;
        return session;
    }

    synchronized void asksStore() {
        if (asking == null && !settled.isDone()) { // Nobody waits for what comes too late.
            asking = new CompletableFuture<>();
        }
    }

    void asksOthers() {
        CompletableFuture<Boolean> was;
        synchronized (this) {
            was = asking;
            asking = null;
        }
        if (was != null) {
            was.complete(false);
        }
    }

    /** What another server is told that wants it, too: true to ask the store again, false when that one has to look again. */
    synchronized CompletableFuture<Boolean> answer() {
        return asking == null ? CompletableFuture.completedFuture(true) : asking;
    }
}
