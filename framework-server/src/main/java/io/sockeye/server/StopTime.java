package io.sockeye.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time that the stop of a server may take, and what is waited for meanwhile. Owned by the thread that stops it. */
final class StopTime {
    private static final Logger log = LoggerFactory.getLogger(StopTime.class);

    private final ServerContext context;
    private final long endNanos;

    /** Begins now. */
    StopTime(ServerContext context, Duration timeout) {
        this.context = context;
        this.endNanos = System.nanoTime() + timeout.toNanos();
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** Says goodbye to all clients and waits until they have heard it. */
    void awaitGoodbyes() {
        var drained = context.shards().stream().map(StopTime::drain).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(drained).get(remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.info("some clients did not take their goodbye in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            log.warn("a shard did not stop in good order", e);
        }
    }

    private static CompletableFuture<Void> drain(Shard shard) {
        var done = new CompletableFuture<Void>();
        shard.execute(() -> shard.drain().thenRun(() -> done.complete(null)));
        return done;
    }

    /** Waits for what is the server's on executors of the user's. */
    void awaitUsersExecutors() {
        try {
            context.busy().awaitNone(endNanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for answers that wait behind others. */
    void awaitReplies() {
        context.awaitReplies(endNanos);
    }
}
