package io.sockeye.server;

import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many sessions there may be, by the memory for what has arrived, and how many of them that have joined no namespace. When there are as
 * many, the one that has been in no namespace for the longest goes for a new one: who means well joins at once. Any thread.
 */
final class SessionRoom {
    /** By the name that users know. */
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

    /**
     * Of the memory for what has arrived, for each session. Its objects are not charged there, so that they
     * stop nobody's input: where that memory is a quarter of the heap, sessions of 4 KiB fill half of the heap.
     */
    static final int BYTES_OF_MEMORY = 2 << 10;
    /** Of all there may be, those in no namespace: they cost a client one request each, and stay until their ping timeout. */
    static final int SHARE_OF_STRANGERS = 4;
    /** However little memory there is. */
    private static final int FEWEST = 100;

    private final ServerContext context;
    private final long most;
    private final long mostStrangers;

    SessionRoom(ServerContext context) {
        this.context = context;
        this.most = Math.max(FEWEST, context.memory().in().limitBytes() / BYTES_OF_MEMORY);
        this.mostStrangers = Math.max(FEWEST, most / SHARE_OF_STRANGERS);
    }

    /** Whether there is room for one more. */
    boolean make(long nowMillis) {
        int sessions = 0;
        int strangers = 0;
        for (var shard : context.shards()) {
            sessions += shard.connectionCount();
            strangers += shard.strangers().count();
        }
        if (sessions < most && strangers < mostStrangers) {
            return true;
        }
        var fullest = context.shards().stream()
                .max(Comparator.comparingInt(shard -> shard.strangers().count()));
        boolean found = fullest.isPresent() && fullest.get().strangers().count() > 0;
        if (context.memory().mayTell(nowMillis)) {
            log.info(
                    "memory: there are {} sessions, {} of them in no namespace, as many as there is room for: {}",
                    sessions,
                    strangers,
                    found ? "one that is in no namespace goes for each new one" : "new ones are refused with 503");
        }
        fullest.ifPresent(shard -> shard.execute(shard.strangers()::endOldest));
        return found;
    }
}
