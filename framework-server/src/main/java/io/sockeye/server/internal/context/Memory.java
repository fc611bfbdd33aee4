package io.sockeye.server.internal.context;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.ServerMemory;
import io.sockeye.server.SocketServer;
import io.sockeye.server.internal.threads.HandlerGate;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server holds for all of its clients together, and who had to go because that was too much. Any thread. */
public final class Memory {
    /** By the name that users know. */
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

    private static final long MILLIS_BETWEEN_LINES = 60_000;

    private static final int PART_FOR_HANDLERS = 4;
    /** For how many seconds a large event counts that a handler has. */
    private static final int SECONDS_OF_HANDLERS = 10;
    /** The same for those who read large answers, which may wait for other answers. */
    private static final int SECONDS_OF_READERS = 1;

    private final Budget in;
    private final Budget out;
    private final HandlerGate gate;
    private final HandlerGate answerGate;
    /** Clients that were ended for all the others' sake. */
    private final AtomicLong ended = new AtomicLong();
    /** Before which time nothing is logged. */
    private final AtomicLong silentUntilMillis = new AtomicLong(Long.MIN_VALUE);

    Memory(ServerSettings settings) {
        this.in = new Budget(settings.memoryIn());
        this.out = new Budget(settings.memoryOut());
        long limit = in.limitBytes() / PART_FOR_HANDLERS;
        this.gate = new HandlerGate(limit, SECONDS_OF_HANDLERS);
        this.answerGate = new HandlerGate(limit, SECONDS_OF_READERS);
    }

    /** What has arrived: events that wait for handlers, and what is not complete. */
    public Budget in() {
        return in;
    }

    /** What waits until clients take it. */
    public Budget out() {
        return out;
    }

    /** Bounds what handlers make of what has arrived. */
    public HandlerGate gate() {
        return gate;
    }

    /** The same for those who wait for answers, which handlers do. */
    public HandlerGate answerGate() {
        return answerGate;
    }

    public ServerMemory usage() {
        int waiting = gate.waiting() + answerGate.waiting();
        return new ServerMemory(
                in.heldBytes(), in.limitBytes(), out.heldBytes(), out.limitBytes(), waiting, ended.get());
    }

    /** A client was ended because all together had too much. */
    public void ended(Holding held, long nowMillis) {
        long count = ended.incrementAndGet();
        if (mayLog(nowMillis)) {
            log.info(
                    "memory: a client was disconnected that held {} bytes in and {} out, the most of all; now {} of {} bytes"
                            + " in, {} of {} out; {} disconnected since the start",
                    held.inBytes(),
                    held.outBytes(),
                    in.heldBytes(),
                    in.limitBytes(),
                    out.heldBytes(),
                    out.limitBytes(),
                    count);
        }
    }

    /** Whether the log may have a line about memory, which counts as written then. */
    public boolean mayLog(long nowMillis) {
        long until = silentUntilMillis.get();
        return nowMillis >= until && silentUntilMillis.compareAndSet(until, nowMillis + MILLIS_BETWEEN_LINES);
    }

    /** What one client holds. */
    public record Holding(long inBytes, long outBytes) {}
}
