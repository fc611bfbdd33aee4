package io.sockeye.server.engine;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, once in a while, that clients send more than {@code maxPayload} allows. Any thread. */
final class PayloadHint {
    private static final Logger log = LoggerFactory.getLogger(PayloadHint.class);
    private static final long PAUSE_MILLIS = 60_000;

    /** Until then nothing is said. */
    private final AtomicLong pauseEndMillis = new AtomicLong(Long.MIN_VALUE);

    /** @param bytes that came, or were announced, at least */
    void tooBig(String what, long bytes, int maxPayload, long nowMillis) {
        if (due(nowMillis)) {
            log.info(
                    "a client was refused: {} of at least {} bytes, the setting maxPayload allows {} (said once a minute)",
                    what,
                    bytes,
                    maxPayload);
        }
    }

    /** Whether it is to be said now; counts as said then. */
    boolean due(long nowMillis) {
        long end = pauseEndMillis.get();
        return nowMillis >= end && pauseEndMillis.compareAndSet(end, nowMillis + PAUSE_MILLIS);
    }
}
