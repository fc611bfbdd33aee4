package io.sockeye.client.internal.connection;

import io.sockeye.client.internal.transport.TransportFailure;
import org.jspecify.annotations.Nullable;

/**
 * Recognises several servers behind one URL that do not know each other's sessions: one opens the session, another one gets
 * the next request. A server that restarts is forgiven: it forgets its sessions once. Owned by the loop.
 */
final class StickySessions {
    private static final String UNKNOWN = "Session ID unknown";
    /** A connection that stood for so long is no sign of it. */
    private static final long FORGIVEN_MILLIS = 60_000;

    private int losses;

    /**
     * A connection has ended.
     *
     * @param lifeMillis how long it stood
     * @param failure what is known of the end; null if nothing is
     * @return the same, or what tells the user what to do about it
     */
    @Nullable
    TransportFailure explain(long lifeMillis, @Nullable TransportFailure failure) {
        if (failure == null || !failure.message().contains(UNKNOWN)) {
            losses = 0;
            return failure;
        }
        losses = lifeMillis < FORGIVEN_MILLIS ? losses + 1 : 1;
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
