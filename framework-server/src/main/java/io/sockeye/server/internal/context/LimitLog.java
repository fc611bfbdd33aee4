package io.sockeye.server.internal.context;

import io.sockeye.server.SocketServer;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells that a limit was reached, once a minute at most: clients decide how often that is. Any thread. */
public final class LimitLog {
    /** By the name that users know. */
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

    private static final long PERIOD_MILLIS = 60_000;

    private final ServerContext context;
    private final String text;
    /** From when on it is worth a line again, by the clock of the server. */
    private final AtomicLong dueMillis = new AtomicLong();

    /** @param text with the name of the limit and what follows for the client */
    public LimitLog(ServerContext context, String text) {
        this.context = context;
        this.text = text;
    }

    public void reached() {
        long now = context.nowMillis();
        long due = dueMillis.get();
        if (now >= due && dueMillis.compareAndSet(due, now + PERIOD_MILLIS)) {
            log.info(text);
        }
    }
}
