package io.sockeye.server.internal.netty;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.internal.http.LogPause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/** The HTTP connections of one loop, swept now and then for those that do nothing: no timer for each. */
final class IdleConnections {
    /** Longer than the idle time of common reverse proxies, so that they close first. */
    static final long IDLE_MILLIS = 65_000;

    private final Set<HttpConnection> connections = new HashSet<>();

    /** Of them, those that have no request. Replaced before the first connection comes. */
    private RestingConnections resting = new RestingConnections(new Budget(Long.MAX_VALUE), 1, new LogPause(), () -> 0);

    /** How many may have no request; there are no connections yet. */
    void limit(RestingConnections limited) {
        resting = limited;
    }

    /** @param rests whether it has no request */
    void add(HttpConnection connection, boolean rests) {
        connections.add(connection);
        if (rests) {
            resting.add(connection);
        }
    }

    void remove(HttpConnection connection) {
        connections.remove(connection);
        resting.remove(connection);
    }

    /** It has a request. */
    void works(HttpConnection connection) {
        resting.remove(connection);
    }

    /** It has none any more, unless it has left. */
    void rests(HttpConnection connection) {
        if (connections.contains(connection)) {
            resting.add(connection);
        }
    }

    /** Whether none of them has an answer on its way. */
    boolean allSent() {
        return connections.stream().noneMatch(HttpConnection::sends);
    }

    /** Closes all of them, whatever they wait for. */
    void closeAll() {
        new ArrayList<>(connections).forEach(HttpConnection::close);
    }

    /** On any thread, once the loop has ended: closes all of them without it. */
    void abandonAll() {
        for (var connection : connections) {
            NettyLoop.abandon(connection.context().channel());
        }
    }

    void sweep(long nowMillis) {
        for (var connection : new ArrayList<>(connections)) {
            connection.closeIfIdle(nowMillis);
        }
    }
}
