package io.sockeye.client.internal.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Links that are closed, and whose transports may still have something to send. Owned by the loop. */
final class ClosingLinks {
    private final List<CompletableFuture<Void>> pending = new ArrayList<>();

    void add(Link ending) {
        pending.removeIf(CompletableFuture::isDone);
        pending.add(ending.ended());
    }

    /** Completed once all of them have released their transports. */
    CompletableFuture<Void> ended() {
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new));
    }
}
