package io.sockeye.server.internal.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, once in a while, that clients send more than {@code maxPayload} allows. Any thread. */
public final class PayloadHint {
    private static final Logger log = LoggerFactory.getLogger(PayloadHint.class);

    private final int maxPayload;
    private final LogPause pause = new LogPause();

    public PayloadHint(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    /**
     * Something was too long.
     *
     * @param bytes that came, or were announced, at least
     * @param limit less than the setting for who is in no namespace yet: that is the client's fault alone
     */
    public void tooBig(String what, long bytes, int limit, long nowMillis) {
        if (limit < maxPayload) {
            log.debug(
                    "a client was refused: {} of at least {} bytes, {} before it is in a namespace",
                    what,
                    bytes,
                    limit);
        } else if (due(nowMillis)) {
            log.info(
                    "a client was refused: {} of at least {} bytes, the setting maxPayload allows {} (said once a minute)",
                    what,
                    bytes,
                    maxPayload);
        }
    }

    /** Whether it is to be said now; counts as said then. */
    boolean due(long nowMillis) {
        return pause.isOver(nowMillis);
    }
}
