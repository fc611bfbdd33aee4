package io.sockeye.server.internal.socket;

import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.ProtocolException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of one client in a namespace that wait for their handlers, also of the sockets that it had before it came
 * back, and their bytes. Above a limit its connection is not read further, so that the client has to wait; below half of
 * both it is read again. A client that owes an answer is read also above it, but not without end.
 */
final class Backlog {
    /** What the objects of an event take that waits, about. */
    static final int EVENT_OVERHEAD = 340;

    /** The budget is charged in steps of so many bytes, and not with what is less. */
    static final int STEP = 1024;

    /** 64 GiB; as many events as these have are counted in the others. */
    private static final int BITS_OF_BYTES = 36;

    private static final long ONE_EVENT = 1L << BITS_OF_BYTES;

    /** How many times the limits a client may reach that owes an answer, and how much it may always reach. */
    private static final int FACTOR_WHILE_OWING = 4;

    private static final int LEAST_WHILE_OWING = 1024;

    private final int limit;
    private final long limitBytes;
    private final Budget budget;
    /** How many wait, and how many bytes these have, in one number: an event costs one atomic addition, and one when it is done. */
    private final AtomicLong waiting = new AtomicLong();
    /** The connection that rests because of this; null if none does. Written by its loop. */
    private volatile @Nullable ConnectionSockets resting;
    /** Whether that loop was asked to look whether it may be read again. */
    private final AtomicBoolean asked = new AtomicBoolean();

    Backlog(int limit, long limitBytes, Budget budget) {
        this.limit = limit;
        this.limitBytes = limitBytes;
        this.budget = budget;
    }

    /**
     * On the loop: one more waits.
     *
     * @param size bytes, with {@link #EVENT_OVERHEAD}
     * @throws ProtocolException if a client that must answer sends too much else
     */
    void add(ConnectionSockets connection, long size) {
        long present = waiting.addAndGet(ONE_EVENT + size);
        long count = count(present);
        long held = bytes(present);
        charge(held - size, held);
        if (count < limit && held < limitBytes) {
            return;
        }
        restIfFull(connection);
        if (isTooMuchWhileOwing(count, held) && connection.awaitsAnswer()) {
            remove(size);
            throw new ProtocolException(
                    "events that wait: %d of %d bytes, limit %d of %d before an answer"
                            .formatted(count, held, limitWhileOwing(), FACTOR_WHILE_OWING * limitBytes),
                    CloseReason.MAILBOX_OVERFLOW);
        }
    }

    /** Seldom does anything: the budget is everybody's, and a small event is not worth what it costs to change it. */
    private void charge(long before, long after) {
        long steps = after / STEP - before / STEP;
        if (steps != 0) {
            budget.add(steps * STEP);
        }
    }

    private static int count(long packed) {
        return (int) (packed >>> BITS_OF_BYTES);
    }

    private static long bytes(long packed) {
        return packed & (ONE_EVENT - 1);
    }

    private boolean isTooMuchWhileOwing(long count, long held) {
        return count > limitWhileOwing() || held > FACTOR_WHILE_OWING * limitBytes;
    }

    private long limitWhileOwing() {
        return Math.max(LEAST_WHILE_OWING, (long) FACTOR_WHILE_OWING * limit);
    }

    /** On the loop: lets the connection rest, if too much waits and none rests yet. */
    void restIfFull(ConnectionSockets connection) {
        if (resting == null && (size() >= limit || bytes() >= limitBytes)) {
            resting = connection;
            connection.attention().rest();
            readAgain(connection); // Whoever has emptied it before that was written has not seen that anybody rests.
        }
    }

    /** Any thread: how many wait, or are with their handlers. */
    int size() {
        return count(waiting.get());
    }

    /** Any thread: how many bytes these have. */
    long bytes() {
        return bytes(waiting.get());
    }

    /** Any thread: one was handled, or is not going to be. */
    void remove(long size) {
        long present = waiting.addAndGet(-ONE_EVENT - size);
        charge(bytes(present) + size, bytes(present));
        var connection = resting;
        if (connection != null && isLow() && asked.compareAndSet(false, true)) {
            connection.loop().execute(() -> readAgain(connection));
        }
    }

    private boolean isLow() {
        long present = waiting.get();
        return count(present) <= limit / 2 && bytes(present) <= limitBytes / 2;
    }

    private void readAgain(ConnectionSockets connection) {
        asked.set(false);
        var present = resting;
        if (present == null || !isLow()) {
            return;
        }
        if (present != connection) { // The client came back on another one since it was asked.
            present.loop().execute(() -> readAgain(present));
            return;
        }
        resting = null;
        connection.attention().readAgain();
    }

    /** On the loop: the socket is gone, for which this connection may rest. */
    void close(ConnectionSockets connection) {
        if (resting == connection) {
            resting = null;
            connection.attention().readAgain();
        }
    }
}
