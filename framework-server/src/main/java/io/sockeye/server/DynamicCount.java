package io.sockeye.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many namespaces clients have brought into being that still exist. Any thread. */
final class DynamicCount {
    /** By the name that users know. */
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

    private static final long LOG_MILLIS = 60_000;

    private final ServerContext context;
    private final int limit;
    private final AtomicInteger count = new AtomicInteger();
    /** From when on the limit is worth a line again, by the clock of the server. */
    private final AtomicLong logAtMillis = new AtomicLong();

    DynamicCount(ServerContext context, int limit) {
        this.context = context;
        this.limit = limit;
    }

    /**
     * One more is about to be made.
     *
     * @throws ConnectionRefused if that would be too many
     */
    void add() {
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            log();
            throw new ConnectionRefused("too many namespaces");
        }
    }

    /** One is gone. */
    void remove() {
        count.decrementAndGet();
    }

    private void log() {
        long now = context.nowMillis();
        long due = logAtMillis.get();
        if (now >= due && logAtMillis.compareAndSet(due, now + LOG_MILLIS)) {
            log.info("maxDynamicNamespaces: there are {}, clients that ask for more are refused", limit);
        }
    }
}
