package io.sockeye.server;

import io.sockeye.json.Json;
import io.sockeye.server.engine.Exchange;
import io.sockeye.server.engine.Loop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** This server as its cluster sees it. Any thread. */
final class ClusterView implements LocalServer {
    private final ServerContext context;

    ClusterView(ServerContext context) {
        this.context = context;
    }

    @Override
    public List<? extends Loop> loops() {
        return context.member().loops();
    }

    @Override
    public void handle(Exchange exchange) {
        context.member().handle(exchange);
    }

    @Override
    public void gone(String server) {
        context.namespaces().gone(server);
    }

    @Override
    public Json json() {
        return context.json();
    }

    @Override
    public void report(Throwable error, String where) {
        context.calls().report(error, where);
    }

    @Override
    public CompletionStage<Boolean> release(SessionClaim claim) {
        var recovery = context.recovery();
        var exchange = recovery == null ? null : recovery.exchange();
        return exchange == null ? CompletableFuture.completedFuture(false) : exchange.release(claim);
    }
}
