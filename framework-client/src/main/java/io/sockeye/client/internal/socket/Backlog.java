package io.sockeye.client.internal.socket;

import io.sockeye.client.internal.connection.Connector;
import io.sockeye.client.internal.threads.Loop;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the events of one socket that wait for their handlers, and stops reading when there are too many. */
final class Backlog {
    private final Loop loop;
    private final Connector connector;
    private final SocketState socket;
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();

    Backlog(SocketContext context, SocketState socket) {
        this.loop = context.loop();
        this.connector = context.connector();
        this.socket = socket;
        this.limit = context.options().mailboxLimit();
    }

    /** Called by the loop: one more event waits. */
    void add() {
        if (waiting.incrementAndGet() >= limit) {
            connector.pauseReading(socket);
        }
    }

    /** Any thread: one event was handled. */
    void remove() {
        if (waiting.decrementAndGet() == limit / 2) {
            loop.execute(this::resumeReading);
        }
    }

    private void resumeReading() {
        if (waiting.get() <= limit / 2) {
            connector.resumeReading(socket);
        }
    }
}
