package io.sockeye.server.internal.context;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.host.Loop;
import io.sockeye.server.internal.threads.Deadlines;
import io.sockeye.server.internal.threads.HandlerStarts;
import io.sockeye.server.internal.threads.HandlerTask;
import io.sockeye.server.internal.threads.NextTick;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One event loop of the server: in which order tasks run there, and what is due when. Any thread, unless a method says that it is for the loop. */
public final class ServerLoop implements ServerContext.Timer {
    /** Far below what a count of milliseconds can hold. */
    private static final Duration LIFETIME = Duration.ofDays(36_500);

    private final Loop loop;
    private final CallOrder order;
    /** To which is charged what waits to be sent. */
    private final Budget out;

    private final Deadlines deadlines = new Deadlines();
    private final NextTick nextTick;
    private final HandlerStarts starts;

    public ServerLoop(Loop loop, CallOrder order, Budget out) {
        this.loop = loop;
        this.order = order;
        this.out = out;
        this.nextTick = new NextTick(loop::hasEnded);
        this.starts = new HandlerStarts(loop::post);
    }

    /** Its place among the loops of the server, from 0 on. */
    public int index() {
        return loop.index();
    }

    /** Runs a task on the loop: at once if called there, else later, in the order of the calls of each thread. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Runs a task on the loop after all that it was given before, never at once. */
    public void post(Runnable task) {
        loop.post(task);
    }

    /** The same; the other one runs at once in its place, if the loop has ended. */
    public void post(Runnable task, Runnable dropped) {
        loop.post(task, dropped);
    }

    /**
     * Delivers what users send, in the order of the calls of each thread, without recovery. It counts until then: where a loop
     * is behind, more and more waits for it.
     */
    public void send(Outgoing outgoing, Runnable delivery) {
        if (loop.inLoop()) {
            delivery.run();
            return;
        }
        var share = outgoing.share();
        share.hold(out);
        Runnable delivered = () -> share.release(out);
        loop.post(HandlerTask.of(delivery, delivered, false), delivered);
    }

    /**
     * Runs a task that belongs to what users do, in the order of the calls of each thread. With recovery, what is sent is
     * always posted; so is all else then, or it would overtake that on the loop itself.
     */
    public void inCallOrder(Runnable task) {
        order.run(this, task);
    }

    /** The same for a task that is told which number of the log it follows. */
    public void inCallOrder(LongConsumer task) {
        order.run(this, task);
    }

    /** Whether the caller runs on the loop. */
    public boolean inLoop() {
        return loop.inLoop();
    }

    /** Whether the loop has ended by an error: nothing that it was to do will be done. */
    public boolean hasEnded() {
        return loop.hasEnded();
    }

    @Override
    public long nowMillis() {
        return loop.nowMillis();
    }

    /** When that time is over; never, {@link Long#MAX_VALUE}, if it is null or longer than a life. */
    public long deadlineAfter(@Nullable Duration time) {
        if (time == null || time.compareTo(LIFETIME) > 0) {
            return Long.MAX_VALUE;
        }
        return nowMillis() + time.toMillis();
    }

    /** Runs a task again and again. */
    public void repeat(Duration period, Runnable task) {
        loop.repeat(period, task);
    }

    @Override
    public Runnable after(Duration time, Runnable task) {
        var deadline = deadlines.create(now -> task.run());
        execute(() -> deadline.set(deadlineAfter(time)));
        return () -> execute(() -> deadline.set(Long.MAX_VALUE));
    }

    /** What is to be done in its next tick. */
    public NextTick nextTick() {
        return nextTick;
    }

    /** Begins handlers once the loop has done what it is doing. On the loop. */
    public Executor starts() {
        return starts;
    }

    /** Begins at once what is to begin then. On the loop. */
    public void startNow() {
        starts.run();
    }

    /** What is due when. On the loop. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** Does what is due. On the loop. */
    public void runDue() {
        deadlines.run(loop.nowMillis());
        nextTick.run();
    }
}
