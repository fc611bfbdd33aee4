package io.sockeye.server.internal.socket;

import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.server.Handshake;
import org.jspecify.annotations.Nullable;

/** What is held for one socket: what its handlers may see of it, and the events that wait for them. Owned by the loop. */
public final class SocketMemory {
    /** What the objects of a socket take, about. */
    private static final int OBJECTS = 1024;
    /** What the objects of a request take whose answer is awaited, about. */
    static final int ANSWER_OBJECTS = 320;

    private static final int FEW_ANSWERS = 32;

    private final HandlerMailboxes mailboxes;
    private final SentEventBacklog overheard;
    private final Held kept;
    private final Held answers;
    /** Of the connection; null until the socket begins, and once its handlers are through. */
    private @Nullable RequestMemory request;

    SocketMemory(HandlerMailboxes mailboxes, SentEventBacklog overheard, Budget budget) {
        this.mailboxes = mailboxes;
        this.overheard = overheard;
        this.kept = new Held(budget);
        this.answers = new Held(budget);
    }

    /** The client has joined, with this to introduce itself. */
    void begin(Handshake handshake, RequestMemory asked) {
        request = asked;
        asked.hold();
        kept.set(OBJECTS + handshake.auth().raw().length());
    }

    /** The client owes so many answers. A few cost no more than what any socket has. */
    void owesAnswers(int count) {
        long charged = count > FEW_ANSWERS ? (long) count * ANSWER_OBJECTS : 0;
        if (charged != answers.bytes()) {
            answers.set(charged);
        }
    }

    /** All handlers are through. */
    void close() {
        kept.close();
        answers.close();
        if (request != null) {
            request.release();
            request = null;
        }
    }

    public long bytes() {
        return kept.bytes() + answers.bytes() + waitingBytes();
    }

    /** Of these, what becomes less as handlers go on. */
    public long waitingBytes() {
        return mailboxes.waitingBytes();
    }

    /** What was sent and handlers have yet to be told of, also if others wait for the same. */
    public long overheardBytes() {
        return overheard.bytes();
    }

    /** Whether the client has another socket by now, if this one has left: its events wait in the same mailboxes. */
    public boolean isShared() {
        return !mailboxes.away();
    }

    /** Drops the events that wait, in either direction. */
    public void discard() {
        mailboxes.discard();
    }
}
