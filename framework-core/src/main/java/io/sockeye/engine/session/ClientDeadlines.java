package io.sockeye.engine.session;

import io.sockeye.engine.Handshake;

/**
 * When a client's waiting ends: for the handshake, for the next ping, for the end of a closing session. Owned by its
 * session.
 */
final class ClientDeadlines {
    private final ClientSettings settings;
    private long dueMillis;
    /** 0 until the handshake. */
    private long maxSilenceMillis;

    private boolean reading = true;

    ClientDeadlines(ClientSettings settings, long now) {
        this.settings = settings;
        this.dueMillis = now + settings.openTimeoutMillis();
    }

    /** When the present deadline passes. */
    long dueMillis() {
        return dueMillis;
    }

    /** Whether what the server sends is read. */
    boolean isReading() {
        return reading;
    }

    void opened(Handshake handshake, long now) {
        maxSilenceMillis = handshake.maxSilence();
        pinged(now);
    }

    /** A ping arrived. No effect while the session does not read, since there is no deadline then. */
    void pinged(long now) {
        if (reading) {
            dueMillis = now + maxSilenceMillis;
        }
    }

    /** The session starts or stops reading; while it does not read, there is no deadline. */
    void reading(boolean wanted, long now) {
        reading = wanted;
        dueMillis = wanted ? now + maxSilenceMillis : Long.MAX_VALUE;
    }

    void closing(long now) {
        dueMillis = now + settings.closeTimeoutMillis();
    }
}
