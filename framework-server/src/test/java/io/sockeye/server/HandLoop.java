package io.sockeye.server;

import io.sockeye.server.engine.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A loop of the test's own thread, whose time the test passes; it runs at once what is posted. */
final class HandLoop implements Loop {
    private final List<Runnable> repeated = new ArrayList<>();
    private long nowMillis;

    /** Passes the time, and then runs once what is to be run again and again. */
    void pass(Duration time) {
        nowMillis += time.toMillis();
        List.copyOf(repeated).forEach(Runnable::run);
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
        task.run();
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
