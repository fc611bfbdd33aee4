package io.sockeye.client.internal.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that wait to be sent, of all sockets of a client: from the call of {@code emit} on until a transport takes
 * them. Any thread.
 */
public final class WaitingBytes {
    private final long limit;
    /** Of events that sockets have not given to a connection. */
    private final AtomicLong emitted = new AtomicLong();
    /** Of what a connection has that its transport does not take; written by the loop. */
    private volatile long inConnection;

    /** @param limit which the sum may not exceed */
    WaitingBytes(long limit) {
        this.limit = limit;
    }

    /**
     * Whether there is room for so many more; then they are counted until they are given back.
     *
     * @param connected whether the event may leave at once: then there is room for any if nothing else waits
     */
    public boolean take(long bytes, boolean connected) {
        while (true) {
            long present = emitted.get();
            long sum = present + inConnection;
            if (bytes > limit - sum && !(connected && sum == 0)) {
                return false;
            }
            if (emitted.compareAndSet(present, present + bytes)) {
                return true;
            }
        }
    }

    /** An event was given to a connection, or will never be. */
    public void giveBack(long bytes) {
        emitted.addAndGet(-bytes);
    }

    /** On the loop: so many wait in the connection. */
    void inConnection(long bytes) {
        inConnection = bytes;
    }

    /** How many wait. */
    public long sum() {
        return emitted.get() + inConnection;
    }

    public long limit() {
        return limit;
    }
}
