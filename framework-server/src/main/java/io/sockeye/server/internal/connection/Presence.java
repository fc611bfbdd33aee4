package io.sockeye.server.internal.connection;

import io.sockeye.server.http.HttpRequest;

/** Where the client of a connection is, and how alive it looks. Owned by the connection's loop. */
final class Presence {
    /** Between two polls of a client for which all goes well. */
    private static final long BETWEEN_POLLS_MILLIS = 1_000;

    private final Connection connection;
    private final String address;
    private final long openedMillis;
    private boolean everJoined;

    Presence(Connection connection, HttpRequest request) {
        this.connection = connection;
        this.address = Addresses.of(request.remoteAddress());
        this.openedMillis = connection.shard().nowMillis();
    }

    /** See {@link Addresses#of}. */
    String address() {
        return address;
    }

    /** Whether the client has ever joined a namespace. */
    boolean everJoined() {
        return everJoined;
    }

    /** The client has joined a namespace; whether that is its first one. */
    boolean joined() {
        boolean first = !everJoined;
        everJoined = true;
        return first;
    }

    Liveness life(long nowMillis) {
        if (!connection.hasSockets()) {
            return new Liveness(
                    connection.joins().isWaiting() ? Liveness.Sign.WAITING : Liveness.Sign.SILENT, openedMillis);
        }
        long heardMillis = connection.session().heardMillis();
        boolean away = connection.holdings().isAway() && nowMillis - heardMillis >= BETWEEN_POLLS_MILLIS;
        return new Liveness(away ? Liveness.Sign.AWAY : Liveness.Sign.THERE, heardMillis);
    }
}
