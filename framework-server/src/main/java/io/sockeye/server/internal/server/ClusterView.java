package io.sockeye.server.internal.server;

import io.sockeye.json.Json;
import io.sockeye.server.adapter.LocalServer;
import io.sockeye.server.adapter.SessionClaim;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import io.sockeye.server.internal.connection.ServerCore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** This server as its cluster sees it. Any thread. */
final class ClusterView implements LocalServer {
    private final ServerCore core;
    private final ClusterMember member;

    ClusterView(ServerCore core, ClusterMember member) {
        this.core = core;
        this.member = member;
    }

    @Override
    public List<? extends Loop> loops() {
        return member.loops();
    }

    @Override
    public void handle(Exchange exchange) {
        member.handle(exchange);
    }

    @Override
    public void gone(String server) {
        core.namespaces().gone(server);
    }

    @Override
    public Json json() {
        return core.context().json();
    }

    @Override
    public void report(Throwable error, String where) {
        core.context().calls().report(error, where);
    }

    @Override
    public CompletionStage<Boolean> release(SessionClaim claim) {
        var recovery = core.recovery();
        var exchange = recovery == null ? null : recovery.exchange();
        return exchange == null ? CompletableFuture.completedFuture(false) : exchange.release(claim);
    }
}
