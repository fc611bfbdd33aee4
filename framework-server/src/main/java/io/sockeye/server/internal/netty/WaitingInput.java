package io.sockeye.server.internal.netty;

import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.server.internal.http.LogPause;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What HTTP connections hold of requests: heads that are not whole, what follows a request that is not answered, and long heads of
 * requests that are under way. It counts in the memory for what clients send, and has a share of it: beyond that, connections are
 * closed that hold no less than the average, those first that have held something for the longest. Those of one loop, and owned by it.
 */
final class WaitingInput {
    private static final Logger log = LoggerFactory.getLogger(WaitingInput.class);

    /** Of the memory for what clients send, for all loops together. */
    private static final int SHARE_OF_MEMORY = 8;
    /** More than a single connection can hold. */
    private static final long LEAST = 256 << 10;

    private final Budget budget;
    private final long limitBytes;
    private final LogPause pause;
    private final LongSupplier clock;
    /** In the order in which they began to hold something. */
    private final Map<Holder, Held> holders = new LinkedHashMap<>();

    private long bytes;

    /**
     * For one loop.
     *
     * @param budget for what clients send
     * @param loops how many share it
     * @param pause between two lines in the log, of all loops
     * @param clock in milliseconds
     */
    WaitingInput(Budget budget, int loops, LogPause pause, LongSupplier clock) {
        this.budget = budget;
        this.limitBytes = Math.max(LEAST, budget.limitBytes() / SHARE_OF_MEMORY / loops);
        this.pause = pause;
        this.clock = clock;
    }

    /** A connection holds so many bytes now. Closes connections if that is too much for all, maybe this one. */
    void set(Holder connection, long size) {
        if (size == 0) {
            remove(connection);
            return;
        }
        var held = holders.computeIfAbsent(connection, key -> new Held(budget));
        bytes += size - held.bytes();
        held.set(size);
        if (bytes > limitBytes) {
            makeRoom();
        }
    }

    /** A connection holds nothing any more, or leaves this loop. */
    void remove(Holder connection) {
        var held = holders.remove(connection);
        if (held != null) {
            bytes -= held.bytes();
            held.close();
        }
    }

    long bytes() {
        return bytes;
    }

    /** More than is needed at the moment, so that who comes next does not have to look again. */
    private void makeRoom() {
        long wanted = limitBytes / 4 * 3;
        int closed = 0;
        while (bytes > wanted) {
            long average = bytes / holders.size();
            for (var connection : List.copyOf(holders.keySet())) {
                var held = holders.get(connection);
                if (bytes > wanted && held != null && held.bytes() >= average) {
                    remove(connection);
                    connection.close();
                    closed++;
                }
            }
        }
        if (pause.isOver(clock.getAsLong())) {
            log.info(
                    "memory: connections were closed, {} of them, since parts of requests and those that wait may have {} bytes"
                            + " on this loop (said once a minute)",
                    closed,
                    limitBytes);
        }
    }

    /** A connection. */
    interface Holder {
        /** Ends it at once, and with it what it holds. */
        void close();
    }
}
