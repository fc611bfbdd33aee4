package io.sockeye.client.internal.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that wait to be sent, of all sockets of a client: from the call of {@code emit} until a transport takes
 * them. Any thread.
 */
public final class WaitingBytes {
    private final long limit;
    /** Bytes of events that were not handed to the connection yet. */
    private final AtomicLong emitted = new AtomicLong();
    /** Bytes in the connection that its transport has not taken; written by the loop. */
    private volatile long inConnection;

    /** @param limit which the sum may not exceed */
    WaitingBytes(long limit) {
        this.limit = limit;
    }

    /**
     * Counts so many more bytes, if the limit allows; {@link #giveBack} removes them.
     *
     * @param connected whether the event can be sent at once: if nothing else waits, then an event of any size is allowed
     * @return whether they are counted
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

    /** An event was handed to the connection, or never will be. */
    public void giveBack(long bytes) {
        emitted.addAndGet(-bytes);
    }

    /** Called by the loop: so many bytes wait in the connection. */
    void inConnection(long bytes) {
        inConnection = bytes;
    }

    /** All bytes that wait. */
    public long sum() {
        return emitted.get() + inConnection;
    }

    public long limit() {
        return limit;
    }
}
