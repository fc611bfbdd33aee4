package io.sockeye.server;

import java.util.Iterator;
import java.util.List;

/**
 * The sockets that were found on the servers of a cluster. Immutable.
 *
 * <pre>{@code
 * server.in("lobby").fetchSockets().thenAccept(found -> {
 *     found.forEach(socket -> socket.emit("your rooms", socket.rooms()));
 *     if (!found.complete()) {
 *         log.warn("{} servers are silent", found.silentServers());
 *     }
 * });
 * }</pre>
 *
 * @param sockets those of the servers that answered in time
 * @param silentServers how many servers of the cluster did not, as far as it is known
 * @param silentNames the names of those of them that are known by name
 */
public record FetchedSockets(List<RemoteSocket> sockets, int silentServers, List<String> silentNames)
        implements Iterable<RemoteSocket> {
    public FetchedSockets {
        sockets = List.copyOf(sockets);
        silentNames = List.copyOf(silentNames);
    }

    /** Whether all servers answered, so that no socket is missing. */
    public boolean complete() {
        return silentServers == 0;
    }

    @Override
    public Iterator<RemoteSocket> iterator() {
        return sockets.iterator();
    }
}
