package io.sockeye.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Collects the sockets that the servers have. Any thread. */
final class SocketCollector implements Collector {
    private static final int UNKNOWN = -1;

    private final Namespace namespace;
    private final Consumer<Supplier<FetchedSockets>> whenComplete;
    private final List<RemoteSocket> sockets = new ArrayList<>();
    /** Those of the cluster. */
    private int servers = UNKNOWN;
    /** Those that said what they have. */
    private int heard;

    private boolean done;
    /** How many servers are silent at least. */
    private int unknown;

    /** @param whenComplete called once */
    SocketCollector(Namespace namespace, Consumer<Supplier<FetchedSockets>> whenComplete) {
        this.namespace = namespace;
        this.whenComplete = whenComplete;
    }

    @Override
    public synchronized void servers(int count) {
        servers = count;
        completeIfDone();
    }

    @Override
    public synchronized void serversUnknown() {
        unknown = 1;
        servers(1);
    }

    /** One server has these. */
    synchronized void found(List<SocketDetails> some) {
        heard++;
        if (!done) {
            some.forEach(details -> sockets.add(new RemoteSocket(namespace, details)));
            completeIfDone();
        }
    }

    @Override
    public synchronized void expire() {
        complete(servers == UNKNOWN ? 1 : Math.max(0, servers - heard));
    }

    private void completeIfDone() {
        if (servers != UNKNOWN && heard >= servers) {
            complete(0);
        }
    }

    private void complete(int silentServers) {
        if (!done) {
            done = true;
            var fetched = new FetchedSockets(sockets, Math.max(unknown, silentServers));
            whenComplete.accept(() -> fetched);
        }
    }
}
