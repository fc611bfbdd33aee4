package io.sockeye.server.internal.socket;

import io.sockeye.event.Args;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.internal.handlers.Listener;
import io.sockeye.server.internal.threads.HandlerTask;
import io.sockeye.server.internal.threads.Weight;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An event that has arrived, and its turn in the usual mailbox. It is held until the last of its handlers is through with it.
 * Any thread.
 */
final class ReceivedEvent implements HandlerTask {
    /** It is kept where each argument begins and ends. */
    private static final int BOUNDS = 8;
    /** For so many that counts as part of any event. */
    private static final int FEW_ARGUMENTS = 16;

    private final HandlerCalls calls;
    private final String event;
    private final Args args;
    private final long bytes;
    private final long weight;
    /** Handlers that were called for it before its turn. */
    private List<Listener> called = List.of();
    /** Counts those that wait in the usual mailbox as it does; null before. */
    private @Nullable AtomicInteger queue;
    /** In how many mailboxes it is; null while it is in one. Written before it is handed to another one. */
    private @Nullable AtomicInteger holders;

    ReceivedEvent(HandlerCalls calls, SocketPacket.Event event, Args args) {
        this.calls = calls;
        this.event = event.name();
        this.args = args;
        this.bytes = bytesOf(event);
        this.weight = Weight.of(event.arguments());
    }

    /** What an event takes in memory while it waits, about. */
    static long bytesOf(SocketPacket.Event event) {
        var arguments = event.arguments();
        int many = Math.max(0, arguments.size() - FEW_ARGUMENTS);
        return Backlog.EVENT_OVERHEAD + (long) BOUNDS * many + Weight.bytes(arguments);
    }

    /** It waits from now on. On the loop. */
    void countAsWaiting(ConnectionSockets connection) {
        calls.mailboxes().backlog().add(connection, bytes);
    }

    @Override
    public long weight() {
        return weight;
    }

    String event() {
        return event;
    }

    Args args() {
        return args;
    }

    /** Handlers that were called for it before its turn. */
    List<Listener> called() {
        return called;
    }

    /** These were called for it, and need not be at its turn. */
    void called(List<Listener> before) {
        called = before;
    }

    /** It is about to wait in the usual mailbox, among those that are counted there. */
    void countsIn(AtomicInteger counted) {
        counted.incrementAndGet();
        queue = counted;
    }

    /** One more mailbox is about to have it; only who has it already hands it on. */
    void hold() {
        var present = holders;
        if (present == null) {
            present = new AtomicInteger(1);
            holders = present;
        }
        present.incrementAndGet();
    }

    /** One of them is through with it. */
    void release() {
        var present = holders;
        if (present == null || present.decrementAndGet() == 0) {
            calls.mailboxes().backlog().remove(bytes);
        }
    }

    @Override
    public void act() {
        calls.handle(this);
    }

    @Override
    public void done() {
        if (queue != null) {
            queue.decrementAndGet();
        }
        release();
    }

    @Override
    public boolean isNeedless() {
        return true;
    }
}
