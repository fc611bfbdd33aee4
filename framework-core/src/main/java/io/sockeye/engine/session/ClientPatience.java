package io.sockeye.engine.session;

import io.sockeye.engine.Handshake;

/** How long a client waits for its server: for the handshake, for each ping, for the end. Owned by its session. */
final class ClientPatience {
    private final ClientSettings settings;
    private long dueMillis;
    /** Known from the handshake on. */
    private long maxSilenceMillis;

    private boolean reading = true;

    ClientPatience(ClientSettings settings, long now) {
        this.settings = settings;
        this.dueMillis = now + settings.openTimeoutMillis();
    }

    /** When the server has taken too long. */
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

    /** The server has sent a ping; it does not count while nothing is read, since none is late then. */
    void pinged(long now) {
        if (reading) {
            dueMillis = now + maxSilenceMillis;
        }
    }

    /** What the server sends is read from now on, or not. */
    void reading(boolean wanted, long now) {
        reading = wanted;
        dueMillis = wanted ? now + maxSilenceMillis : Long.MAX_VALUE;
    }

    void closing(long now) {
        dueMillis = now + settings.closeTimeoutMillis();
    }
}
