package io.sockeye.server.internal.netty;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.internal.http.LogPause;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP connections of one loop that have no request: new ones, those amid a handshake, those that are kept. For one too many that one
 * closes which has been so for the longest. Owned by the loop.
 */
final class RestingConnections {
    private static final Logger log = LoggerFactory.getLogger(RestingConnections.class);

    /**
     * Of the memory for what has arrived, for each: room for as many as there may be sessions, since all that poll have no request
     * between an answer and the next poll. Its objects are not charged there; those of TLS take twice as much.
     */
    static final int BYTES_OF_MEMORY = 2 << 10;
    /** On each loop, however little memory there is. */
    static final int FEWEST = 256;

    private final long most;
    private final LogPause pause;
    private final LongSupplier clock;
    /** The one first that has been so for the longest. */
    private final Set<WaitingInput.Holder> connections = new LinkedHashSet<>();

    /**
     * For one loop.
     *
     * @param budget for what clients send
     * @param loops how many share it
     * @param pause between two lines in the log, of all loops
     * @param clock in milliseconds
     */
    RestingConnections(Budget budget, int loops, LogPause pause, LongSupplier clock) {
        this.most = Math.max(FEWEST, budget.limitBytes() / BYTES_OF_MEMORY / loops);
        this.pause = pause;
        this.clock = clock;
    }

    /** The connection has no request any more, or is new. */
    void add(WaitingInput.Holder connection) {
        connections.add(connection);
        if (connections.size() > most) {
            var first = connections.iterator().next();
            connections.remove(first);
            first.close();
            if (pause.isOver(clock.getAsLong())) {
                log.info(
                        "memory: there are {} connections without a request on this loop, and one closes for each more",
                        most);
            }
        }
    }

    /** The connection has a request, or leaves this loop. */
    void remove(WaitingInput.Holder connection) {
        connections.remove(connection);
    }
}
