package io.sockeye.server.internal.connection;

import io.sockeye.server.internal.rooms.EachRecipient;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Ends the connections of one shard because the server stops. Owned by the loop. */
public final class ShardShutdown {
    private final Shard shard;
    private final ServerCore core;
    /** Completed when the last connection is gone; null unless the server stops. */
    private @Nullable CompletableFuture<Void> done;

    ShardShutdown(Shard shard, ServerCore core) {
        this.shard = shard;
        this.core = core;
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
                    connection -> connection.shutdown().leave(),
                    Connection::abort);
            exchange.allParked().thenRun(() -> shard.execute(this::sayGoodbye));
        }
        return all;
    }

    private void sayGoodbye() {
        EachRecipient.each(
                new ArrayList<>(shard.connections()),
                connection -> connection.shutdown().end(),
                Connection::abort);
        completeIfGone();
    }

    /** A connection is gone, or none was there. */
    void completeIfGone() {
        if (done != null && shard.connections().isEmpty()) {
            shard.loop()
                    .startNow(); // No handler is left behind when those who wait for this end the handlers' threads.
            done.complete(null);
        }
    }
}
