package io.sockeye.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the events of one socket that wait for their handlers. Above the limit the connection is not read further, so
 * that the sender has to wait; below half of it, it is read again.
 */
final class Backlog {
    private final Socket socket;
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();
    /** Whether the connection rests because of this socket; owned by the loop. */
    private boolean full;

    Backlog(Socket socket, int limit) {
        this.socket = socket;
        this.limit = limit;
    }

    /** On the loop: one more waits. */
    void add() {
        if (waiting.incrementAndGet() >= limit && !full) {
            full = true;
            socket.connection().rest();
        }
    }

    /** Any thread: one more waits, which came here by {@link #add} before. */
    void count() {
        waiting.incrementAndGet();
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
            socket.connection().readAgain();
        }
    }

    /** On the loop: the socket is gone, what waits does not count any more. */
    void close() {
        if (full) {
            full = false;
            socket.connection().readAgain();
        }
    }
}
