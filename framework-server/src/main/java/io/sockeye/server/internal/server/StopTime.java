package io.sockeye.server.internal.server;

import io.sockeye.server.host.Host;
import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.connection.Shard;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time that the stop of a server may take, and what is waited for meanwhile. Owned by the thread that stops it. */
final class StopTime {
    private static final Logger log = LoggerFactory.getLogger(StopTime.class);
    /** How often it is looked whether answers wait for what blocks. */
    private static final Duration LOOK = Duration.ofMillis(2);
    /** Of the time that is left, in which what rests may go on in its order. */
    private static final int PARTS = 4;

    private final ServerCore core;
    /** Null if the server was never started. */
    private final @Nullable Host host;

    private final long endNanos;

    /** Begins now. */
    StopTime(ServerCore core, @Nullable Host host, Duration timeout) {
        this.core = core;
        this.host = host;
        this.endNanos = System.nanoTime() + timeout.toNanos();
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** Whether it is done in time; an interruption is the end of the time. */
    private boolean await(CompletableFuture<?> what, Duration timeout) {
        try {
            return host == null ? Host.block(what, timeout) : host.await(what, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            log.error("the host of the server failed", e);
            return false;
        }
    }

    /** Says goodbye to all clients and waits until they have heard it. */
    void awaitGoodbyes() {
        var goodbyes = core.shards().stream()
                .filter(shard -> !shard.loop().hasEnded())
                .map(StopTime::sayGoodbye)
                .toArray(CompletableFuture[]::new);
        if (!await(CompletableFuture.allOf(goodbyes), remaining())) {
            log.info("some clients did not take their goodbye in time");
        }
    }

    private static CompletableFuture<Void> sayGoodbye(Shard shard) {
        var done = new CompletableFuture<Void>();
        shard.execute(() -> shard.goodbyes().begin().thenRun(() -> done.complete(null)));
        return done;
    }

    /** Waits for what is the server's on executors of the user's. */
    void awaitUsersExecutors() {
        await(core.context().busy().none(), remaining());
    }

    /**
     * Lets mailboxes go on that rest, one after another for a part of the time, then all at once: what they wait for may
     * never come.
     *
     * @param called by a handler, who may be the one that they wait for
     */
    void awaitPaused(boolean called) {
        core.shards().forEach(shard -> shard.loop().nextTick().dropIfEnded());
        for (var gate : List.of(
                core.context().memory().answerGate(), core.context().memory().gate())) {
            if (!called) {
                await(gate.nonePaused(), remaining().dividedBy(PARTS));
            }
            gate.open();
            await(gate.nonePaused(), remaining());
        }
    }

    /** Lets answers that wait behind others be completed, as long as somebody looks after them. */
    void awaitReplies() {
        boolean interrupted = false;
        while (core.context().replies().looks() && !interrupted && !remaining().isZero()) {
            await(new CompletableFuture<>(), LOOK);
            interrupted = Thread.currentThread().isInterrupted();
        }
    }
}
