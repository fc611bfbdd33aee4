package io.sockeye.server;

import io.sockeye.event.Args;
import io.sockeye.socket.SocketPacket;
import java.util.concurrent.atomic.AtomicInteger;

/** An event that has arrived, and is held until the last of its handlers is through with it. Any thread. */
final class Arrival {
    private final String event;
    private final Args args;
    private final long bytes;
    private final Backlog backlog;
    /** In how many mailboxes it is. */
    private final AtomicInteger holders = new AtomicInteger(1);

    Arrival(String event, Args args, long bytes, Backlog backlog) {
        this.event = event;
        this.args = args;
        this.bytes = bytes;
        this.backlog = backlog;
    }

    /** What an event takes in memory while it waits, about. */
    static long bytesOf(SocketPacket.Event event) {
        long bytes = Backlog.EVENT_OVERHEAD + (long) event.arguments().raw().length();
        for (var attachment : event.arguments().attachments()) {
            bytes += attachment.length();
        }
        return bytes;
    }

    String event() {
        return event;
    }

    Args args() {
        return args;
    }

    /** One more mailbox has it. */
    void hold() {
        holders.incrementAndGet();
    }

    /** One of them is through with it. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            backlog.remove(bytes);
        }
    }
}
