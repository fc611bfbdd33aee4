package io.sockeye.server.internal.socket;

import io.sockeye.server.internal.context.ServerLoop;
import io.sockeye.server.internal.threads.Deadlines;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The connection handlers of sockets that are gone before these handlers had their turn. Mostly the turn comes soon; where
 * handlers are held up, it is dropped after a while, or when there are too many, so that a client that joins and leaves
 * all the time leaves nothing behind. Owned by the loop.
 */
final class LateConnectionCalls {
    /** How long a turn may be late. */
    static final long PATIENCE_MILLIS = 1_000;
    /** How many may be late. */
    static final int MOST = 256;

    private final ServerLoop loop;
    private final Deque<Late> waiting = new ArrayDeque<>(0);
    private final Deadlines.Deadline due;

    LateConnectionCalls(ServerLoop loop) {
        this.loop = loop;
        this.due = loop.deadlines().create(this::dropLate);
    }

    /**
     * A socket is gone whose connection handlers wait.
     *
     * @param drop takes them back, and what follows them, if they still wait
     */
    void add(Runnable drop) {
        waiting.addLast(new Late(drop, loop.nowMillis() + PATIENCE_MILLIS));
        if (waiting.size() > MOST) {
            waiting.removeFirst().drop.run();
        }
        due.bringForward(waiting.getFirst().atMillis);
    }

    private void dropLate(long nowMillis) {
        while (!waiting.isEmpty() && waiting.getFirst().atMillis <= nowMillis) {
            waiting.removeFirst().drop.run();
        }
        if (!waiting.isEmpty()) {
            due.set(waiting.getFirst().atMillis);
        }
    }

    private record Late(Runnable drop, long atMillis) {}
}
