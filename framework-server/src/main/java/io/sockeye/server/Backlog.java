package io.sockeye.server;

import io.sockeye.engine.CloseReason;
import io.sockeye.engine.ProtocolException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the events of one socket that wait for their handlers. Above the limit the connection is not read further, so
 * that the sender has to wait; below half of it, it is read again. A client that owes an answer is read also above it,
 * but not without end.
 */
final class Backlog {
    /** How many times the limit a client may reach that owes an answer, and how much it may always reach. */
    private static final int FACTOR_WHILE_OWING = 4;

    private static final int LEAST_WHILE_OWING = 1024;

    private final Socket socket;
    private final int limit;
    private final long limitWhileOwing;
    private final AtomicInteger waiting = new AtomicInteger();
    /** Whether the connection rests because of this socket; owned by the loop. */
    private boolean full;

    Backlog(Socket socket, int limit) {
        this.socket = socket;
        this.limit = limit;
        this.limitWhileOwing = Math.max(LEAST_WHILE_OWING, (long) FACTOR_WHILE_OWING * limit);
    }

    /**
     * On the loop: one more waits.
     *
     * @throws ProtocolException if a client that must answer sends too much else
     */
    void add() {
        int count = waiting.incrementAndGet();
        if (count >= limit && !full) {
            full = true;
            socket.connection().attention().rest();
        }
        if (count > limitWhileOwing && socket.connection().awaitsAnswer()) {
            waiting.decrementAndGet();
            throw new ProtocolException(
                    "events that wait: %d, limit %d before an answer".formatted(count, limitWhileOwing),
                    CloseReason.MAILBOX_OVERFLOW);
        }
    }

    /** Any thread: one more waits, which came here by {@link #add} before. */
    void count() {
        waiting.incrementAndGet();
    }

    /** Any thread: how many wait, or are with their handlers. */
    int size() {
        return waiting.get();
    }

    /** Any thread: one was handled. */
    void remove() {
        if (waiting.decrementAndGet() == limit / 2) {
            socket.connection().shard().execute(this::readAgain);
        }
    }

    private void readAgain() {
        if (full && waiting.get() <= limit / 2) {
            full = false;
            socket.connection().attention().readAgain();
        }
    }

    /** On the loop: the socket is gone, what waits does not count any more. */
    void close() {
        if (full) {
            full = false;
            socket.connection().attention().readAgain();
        }
    }
}
