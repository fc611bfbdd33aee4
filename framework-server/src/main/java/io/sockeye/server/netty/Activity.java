package io.sockeye.server.netty;

import org.jspecify.annotations.Nullable;

/**
 * Whether an HTTP connection still does something, as far as can be told by a look at it now and then. Owned by the
 * channel's loop.
 */
final class Activity {
    /** As in Node, where it is called {@code requestTimeout}. */
    static final long BODY_MILLIS = 300_000;
    /** How many bytes of a body must come in a second, on average. */
    static final int BODY_RATE = 1024;
    /** How far a body may be behind that rate: as long as clients may take to answer a ping. */
    static final long BODY_SLACK_MILLIS = 20_000;
    /** A loop that looks later than that was late itself, and has not read meanwhile. */
    private static final long LOOK_MILLIS = 5_000;

    private boolean active = true;
    private long activeMillis;
    /** Bytes of an answer that waited at the last look. */
    private long unsent;
    /** The request whose body had not arrived at the last look; since when it is so. */
    private @Nullable Object unread;

    private long unreadMillis;
    /** When there was the last look at it. */
    private long lookMillis;
    /** How far the body may be behind its rate from now on. */
    private long slackMillis;
    /** Bytes of bodies that have come since the last look. */
    private long received;

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

    /** Bytes of a body have come. */
    void received(int bytes) {
        received += bytes;
    }

    /**
     * Looks at the request whose body is on its way. Who sends a byte now and then is never idle, but too slow.
     *
     * @param receiving null if there is none
     * @return whether it takes too long
     */
    boolean bodyLate(@Nullable Object receiving, long nowMillis) {
        if (receiving != unread) {
            unread = receiving;
            unreadMillis = nowMillis;
            slackMillis = BODY_SLACK_MILLIS;
        } else {
            long passed = Math.min(nowMillis - lookMillis, LOOK_MILLIS);
            slackMillis = Math.min(BODY_SLACK_MILLIS, slackMillis - passed + received * 1_000 / BODY_RATE);
        }
        lookMillis = nowMillis;
        received = 0;
        return receiving != null && (slackMillis < 0 || nowMillis - unreadMillis > BODY_MILLIS);
    }
}
