package io.sockeye.server.internal.socket;

import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.server.http.HttpRequest;

/**
 * What is kept of the request that has opened a connection: by the connection, and by each socket until its handlers are
 * through. Owned by the loop.
 */
public final class RequestMemory {
    /** What one takes at most that is not charged: others count it among the objects that they have anyway. */
    private static final int USUAL = 2048;
    /** What the objects of a header's name or value take, about. */
    private static final int TEXT = 48;

    private final Held held;
    private int holders = 1;

    public RequestMemory(HttpRequest request, Budget budget) {
        held = new Held(budget);
        held.set(Math.max(0, bytes(request) - USUAL));
    }

    private static long bytes(HttpRequest request) {
        long bytes = request.uri().length();
        for (var text : request.headers()) {
            bytes += TEXT + text.length();
        }
        return bytes;
    }

    public long bytes() {
        return held.bytes();
    }

    /** One more has it. */
    void hold() {
        holders++;
    }

    /** One of them has it no more. */
    public void release() {
        holders--;
        if (holders == 0) {
            held.close();
        }
    }
}
