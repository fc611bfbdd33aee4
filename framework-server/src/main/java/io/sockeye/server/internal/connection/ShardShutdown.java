package io.sockeye.server.internal.connection;

import io.sockeye.server.internal.rooms.EachRecipient;
import io.sockeye.server.internal.server.ServerCore;
import io.sockeye.server.internal.threads.HandlerStarts;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Ends the connections of one shard because the server stops. Owned by the loop. */
public final class ShardShutdown {
    private final Shard shard;
    private final ServerCore core;
    private final HandlerStarts starts;
    /** Completed when the last connection is gone; null unless the server stops. */
    private @Nullable CompletableFuture<Void> done;

    ShardShutdown(Shard shard, ServerCore core, HandlerStarts starts) {
        this.shard = shard;
        this.core = core;
        this.starts = starts;
    }

    /** Whether the server stops. */
    boolean haveBegun() {
        return done != null;
    }

    /**
     * Says goodbye to all clients, whose sessions other servers can have by then, if they share them. Completes once all are
     * gone.
     */
    public CompletableFuture<Void> begin() {
        var all = new CompletableFuture<Void>();
        done = all;
        var recovery = core.recovery();
        var exchange = recovery == null ? null : recovery.exchange();
        if (exchange == null) {
            sayGoodbye();
        } else {
            exchange.stopping();
            EachRecipient.each(
                    new ArrayList<>(shard.connections()),
                    connection -> connection.shutdown().leave());
            exchange.allParked().thenRun(() -> shard.execute(this::sayGoodbye));
        }
        return all;
    }

    private void sayGoodbye() {
        EachRecipient.each(
                new ArrayList<>(shard.connections()),
                connection -> connection.shutdown().end());
        completeIfGone();
    }

    /** A connection is gone, or none was there. */
    void completeIfGone() {
        if (done != null && shard.connections().isEmpty()) {
            starts.run(); // No handler is left behind when those who wait for this end the handlers' threads.
            done.complete(null);
        }
    }
}
