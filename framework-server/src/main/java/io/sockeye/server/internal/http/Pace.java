package io.sockeye.server.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * Whether what a peer has begun to send comes fast enough, be it a body, a message or the attachments of an event, as far as can
 * be told by a look now and then. What comes slower than {@link #RATE} may be {@link #SLACK_MILLIS} late, and all of it takes no longer
 * than {@link #LIMIT_MILLIS}. Owned by the loop of the connection.
 */
public final class Pace {
    /** As in Node, where it is called {@code requestTimeout}. */
    public static final long LIMIT_MILLIS = 300_000;
    /** How many bytes must come in a second, on average. */
    public static final int RATE = 1024;
    /** How far it may be behind that rate: as long as clients may take to answer a ping. */
    public static final long SLACK_MILLIS = 20_000;
    /** A loop that looks later than that was late itself, and has not read meanwhile. */
    public static final long LOOK_MILLIS = 5_000;

    /** What was under way at the last look; since when it is so. */
    private @Nullable Object begun;

    private long begunMillis;
    /** When there was the last look at it. */
    private long lookMillis;
    /** How far it may be behind its rate from now on. */
    private long slackMillis;
    /** Bytes that have come since the last look. */
    private long received;

    /** So many bytes have come. */
    public void received(long bytes) {
        received += bytes;
    }

    /**
     * Looks at what is under way. Who sends a byte now and then does something, but is too slow.
     *
     * @param underWay null if nothing is, or if it is not for the peer to go on
     * @return whether it takes too long
     */
    public boolean late(@Nullable Object underWay, long nowMillis) {
        if (underWay != begun) {
            begun = underWay;
            begunMillis = nowMillis;
            slackMillis = SLACK_MILLIS;
        } else {
            long passed = Math.min(nowMillis - lookMillis, LOOK_MILLIS);
            slackMillis = Math.min(SLACK_MILLIS, slackMillis - passed + received * 1_000 / RATE);
        }
        lookMillis = nowMillis;
        received = 0;
        return underWay != null && (slackMillis < 0 || nowMillis - begunMillis > LIMIT_MILLIS);
    }
}
