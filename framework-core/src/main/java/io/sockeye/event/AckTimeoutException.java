package io.sockeye.event;

import java.time.Duration;

/** The other side did not acknowledge an event in time. */
public final class AckTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AckTimeoutException(String event, Duration timeout) {
        super("no acknowledgement of '" + event + "' within " + timeout.toMillis() + " ms");
    }
}
