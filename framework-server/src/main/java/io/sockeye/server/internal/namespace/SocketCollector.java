package io.sockeye.server.internal.namespace;

import io.sockeye.server.FetchedSockets;
import io.sockeye.server.RemoteSocket;
import io.sockeye.server.adapter.SocketDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Collects the sockets that the servers have. Any thread. */
final class SocketCollector implements Collector {
    private final LocalNamespace namespace;
    private final Consumer<Supplier<FetchedSockets>> whenComplete;
    private final List<RemoteSocket> sockets = new ArrayList<>();
    private final ExpectedServers servers = new ExpectedServers();
    private boolean done;

    /** @param whenComplete called once */
    SocketCollector(LocalNamespace namespace, Consumer<Supplier<FetchedSockets>> whenComplete) {
        this.namespace = namespace;
        this.whenComplete = whenComplete;
    }

    @Override
    public synchronized void servers(List<String> names) {
        servers.expect(names);
        completeIfDone();
    }

    @Override
    public synchronized void serversUnknown() {
        servers.expectAny();
        completeIfDone();
    }

    @Override
    public synchronized void gone(String server) {
        servers.leave(server);
        completeIfDone();
    }

    /** That server has these. */
    synchronized void found(String server, List<SocketDetails> some) {
        if (!done && servers.hear(server)) {
            some.forEach(details -> sockets.add(new FetchedSocket(namespace, details)));
            completeIfDone();
        }
    }

    @Override
    public synchronized void expire() {
        complete();
    }

    private void completeIfDone() {
        if (servers.isComplete()) {
            complete();
        }
    }

    private void complete() {
        if (!done) {
            done = true;
            var fetched = new FetchedSockets(sockets, servers.silent(), servers.silentNames());
            whenComplete.accept(() -> fetched);
        }
    }
}
