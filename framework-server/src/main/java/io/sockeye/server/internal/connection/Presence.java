package io.sockeye.server.internal.connection;

import io.sockeye.server.http.HttpRequest;

/** Where the client of a connection is, and how alive it looks. Owned by the connection's loop. */
final class Presence {
    /** Between two polls of a client for which all goes well. */
    private static final long BETWEEN_POLLS_MILLIS = 1_000;

    /** Within this time after it has opened its session a client that means well may have joined no namespace yet. */
    private static final long YOUNG_MILLIS = 5_000;

    private final Connection connection;
    private final String address;
    private final long openedMillis;
    private boolean counted;
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

    /** It counts among those that come from its address. */
    void countIn(Addresses all) {
        all.add(address);
        counted = true;
    }

    /** It counts no more, if it did. */
    void countOut(Addresses all) {
        if (counted) {
            counted = false;
            all.remove(address);
        }
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
            if (nowMillis - openedMillis < YOUNG_MILLIS) {
                return new Liveness(Liveness.Sign.THERE, openedMillis);
            }
            return new Liveness(
                    connection.joins().isWaiting() ? Liveness.Sign.WAITING : Liveness.Sign.SILENT, openedMillis);
        }
        long heardMillis = connection.session().heardMillis();
        boolean away = connection.holdings().isAway() && nowMillis - heardMillis >= BETWEEN_POLLS_MILLIS;
        return new Liveness(away ? Liveness.Sign.AWAY : Liveness.Sign.THERE, heardMillis);
    }
}
