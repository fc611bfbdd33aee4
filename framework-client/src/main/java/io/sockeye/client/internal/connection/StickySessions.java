package io.sockeye.client.internal.connection;

import io.sockeye.client.internal.transport.TransportFailure;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes several servers behind one URL that do not know each other's sessions: one opens the session, another one gets
 * the next request. A single loss may be a restart of the server and is not reported as such. Owned by the loop.
 */
final class StickySessions {
    private static final String UNKNOWN = "Session ID unknown";
    /** A connection that lasted for so long shows that requests do reach the right server. */
    private static final long STABLE_MILLIS = 60_000;

    private int losses;

    /**
     * A connection has ended.
     *
     * @param lifeMillis how long it was open
     * @param failure why it ended; null if unknown
     * @return the same failure, or one whose message says what to do about it
     */
    @Nullable
    TransportFailure explain(long lifeMillis, @Nullable TransportFailure failure) {
        if (failure == null || !failure.message().contains(UNKNOWN)) {
            losses = 0;
            return failure;
        }
        losses = lifeMillis < STABLE_MILLIS ? losses + 1 : 1;
        if (losses < 2) {
            return failure;
        }
        var advice =
                "%s, %d times in a row: probably there are several servers behind the URL without sticky sessions, so"
                        + " that requests reach one that did not open the session; set up sticky sessions, or use"
                        + " WebSocket alone";
        return new TransportFailure(failure.kind(), advice.formatted(failure.message(), losses), failure.cause());
    }
}
