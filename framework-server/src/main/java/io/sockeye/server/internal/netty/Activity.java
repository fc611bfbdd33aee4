package io.sockeye.server.internal.netty;

import io.sockeye.server.internal.http.Pace;

/**
 * Whether an HTTP connection still does something, as far as can be told by a look at it now and then. Owned by the
 * channel's loop.
 */
final class Activity {
    private boolean active = true;
    private long activeMillis;
    /** Bytes of an answer that waited at the last look. */
    private long unsent;
    /** Of the head or the body that is on its way. */
    private final Pace pace = new Pace();

    /** Something happened: the idle time starts again. */
    void touch() {
        active = true;
    }

    /**
     * Looks at the answer that is on its way. To take some of it is to do something.
     *
     * @param unsentNow bytes of it that wait; 0 if there is none
     * @return whether nothing has happened for too long
     */
    boolean idle(long unsentNow, long nowMillis) {
        if (active || unsentNow != unsent) {
            active = false;
            activeMillis = nowMillis;
        }
        unsent = unsentNow;
        return nowMillis - activeMillis > IdleConnections.IDLE_MILLIS;
    }

    /** Of the head or the body that is on its way. */
    Pace pace() {
        return pace;
    }
}
