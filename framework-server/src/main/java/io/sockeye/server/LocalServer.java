package io.sockeye.server;

import io.sockeye.json.Json;
import io.sockeye.server.engine.Exchange;
import io.sockeye.server.engine.Loop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A server as its {@link Cluster} sees it. All methods may be called on any thread and return at once. */
public final class LocalServer {
    private final ServerContext context;

    LocalServer(ServerContext context) {
        this.context = context;
    }

    /** The loops of this server, by their indices; none unless it runs. */
    public List<? extends Loop> loops() {
        return context.member().loops();
    }

    /**
     * Answers a request that another server has received for a session of this one, and does not forward it again. Called on
     * the loop of the exchange, which is one of this server's.
     *
     * @throws IllegalStateException unless this server runs: the exchange was not touched
     */
    public void handle(Exchange exchange) {
        context.member().handle(exchange);
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
