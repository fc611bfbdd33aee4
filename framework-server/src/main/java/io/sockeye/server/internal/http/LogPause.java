package io.sockeye.server.internal.http;

import java.util.concurrent.atomic.AtomicLong;

/** Lets something be said in the log once a minute. Any thread. */
public final class LogPause {
    private static final long MILLIS = 60_000;

    /** Until then nothing is said. */
    private final AtomicLong endMillis = new AtomicLong(Long.MIN_VALUE);

    /** Whether it is to be said now; counts as said then. */
    public boolean isOver(long nowMillis) {
        long end = endMillis.get();
        return nowMillis >= end && endMillis.compareAndSet(end, nowMillis + MILLIS);
    }
}
