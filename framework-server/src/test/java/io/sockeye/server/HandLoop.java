package io.sockeye.server;

import io.sockeye.server.host.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A loop of the test's own thread, whose time the test passes; it runs what is posted at once, or at the end of a turn. */
public final class HandLoop implements Loop {
    private final List<Runnable> repeated = new ArrayList<>();
    private long nowMillis;
    private boolean ended;
    /** What was posted in the present turn; null if there is none. */
    private @Nullable Queue<Runnable> posted;

    /** Runs a task, and then what it posts. */
    void turn(Runnable task) {
        var tasks = new ArrayDeque<Runnable>();
        posted = tasks;
        for (var next = task; next != null; next = tasks.poll()) {
            next.run();
        }
        posted = null;
    }

    /** By an error: nothing runs any more. */
    public void end() {
        ended = true;
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    /** Passes the time, and then runs once what is to be run again and again. */
    public void pass(Duration time) {
        nowMillis += time.toMillis();
        if (!ended) {
            turn(() -> List.copyOf(repeated).forEach(Runnable::run));
        }
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public void post(Runnable task) {
        if (posted == null) {
            task.run();
        } else {
            posted.add(task);
        }
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public void repeat(Duration period, Runnable task) {
        repeated.add(task);
    }

    @Override
    public void flushLater(Flushable transport) {
        transport.flush();
    }
}
