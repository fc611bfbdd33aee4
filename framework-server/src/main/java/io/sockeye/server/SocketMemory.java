package io.sockeye.server;

import io.sockeye.engine.Budget;
import io.sockeye.engine.Held;

/** What is held for one socket: what its handlers may see of it, and the events that wait for them. Owned by the loop. */
final class SocketMemory {
    /** What the objects of a socket take, about. */
    private static final int OBJECTS = 1024;

    private final HandlerMailboxes mailboxes;
    private final Held kept;

    SocketMemory(HandlerMailboxes mailboxes, Budget budget) {
        this.mailboxes = mailboxes;
        this.kept = new Held(budget);
    }

    /** The client has joined, with this to introduce itself. */
    void begin(Handshake handshake) {
        kept.set(OBJECTS + handshake.auth().raw().length());
    }

    /** All handlers are through. */
    void close() {
        kept.close();
    }

    long bytes() {
        return kept.bytes() + waitingBytes();
    }

    /** Of these, what becomes less as handlers go on. */
    long waitingBytes() {
        return mailboxes.backlog().bytes();
    }

    /** Whether the client has another socket by now, if this one has left: its events wait in the same mailboxes. */
    boolean isShared() {
        return !mailboxes.away();
    }

    /** Drops the events that wait. */
    void discard() {
        mailboxes.discard();
    }
}
