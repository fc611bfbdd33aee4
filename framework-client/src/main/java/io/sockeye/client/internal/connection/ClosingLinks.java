package io.sockeye.client.internal.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The links of a client that have ended, and may still say goodbye. Owned by the loop. */
final class ClosingLinks {
    private final List<CompletableFuture<Void>> pending = new ArrayList<>();

    void await(Link ending) {
        pending.removeIf(CompletableFuture::isDone);
        pending.add(ending.ended());
    }

    /** Completed once nothing is left of any of them. */
    CompletableFuture<Void> ended() {
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new));
    }
}
