package io.sockeye.server.netty;

import org.jspecify.annotations.Nullable;

/**
 * Whether an HTTP connection still does something, as far as can be told by a look at it now and then. Owned by the
 * channel's loop.
 */
final class Activity {
    /** As in Node, where it is called {@code requestTimeout}. */
    static final long BODY_MILLIS = 300_000;

    private boolean active = true;
    private long activeMillis;
    /** Bytes of an answer that waited at the last look. */
    private long unsent;
    /** The request whose body had not arrived at the last look; since when it is so. */
    private @Nullable Object unread;

    private long unreadMillis;

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

    /**
     * Looks at the request whose body is on its way. Who sends a byte now and then is never idle.
     *
     * @param receiving null if there is none
     * @return whether it takes too long
     */
    boolean bodyLate(@Nullable Object receiving, long nowMillis) {
        if (receiving != unread) {
            unread = receiving;
            unreadMillis = nowMillis;
        }
        return receiving != null && nowMillis - unreadMillis > BODY_MILLIS;
    }
}
