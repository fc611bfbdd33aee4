package io.sockeye.server;

import io.sockeye.json.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A server as its {@link Cluster} sees it. All methods may be called on any thread and return at once. */
public final class LocalServer {
    private final ServerContext context;

    LocalServer(ServerContext context) {
        this.context = context;
    }

    /** Another server has left the cluster: questions do not wait for it any longer. */
    public void gone(String server) {
        context.namespaces().gone(server);
    }

    /** Reads and writes the values of the application. */
    public Json json() {
        return context.json();
    }

    /** Tells the user's error handler of something that nobody else is told of. */
    public void report(Throwable error, String where) {
        context.calls().report(error, where);
    }

    /**
     * Another server has a client that wants a session which may still be open here, on a connection whose end was not
     * noticed. If so, that connection is closed and the session parked, unless the wish is older than what came over it.
     *
     * @return completes with whether the session can be taken from the store now
     */
    public CompletionStage<Boolean> release(SessionClaim claim) {
        var recovery = context.recovery();
        var exchange = recovery == null ? null : recovery.exchange();
        return exchange == null ? CompletableFuture.completedFuture(false) : exchange.release(claim);
    }
}
