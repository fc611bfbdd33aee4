package io.sockeye.server.internal.threads;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** What a loop is to do in its next tick. Each task runs or is dropped, once. */
public final class NextTick {
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

    private final BooleanSupplier ended;

    /** @param ended whether the loop has ended, so that there is no further tick */
    public NextTick(BooleanSupplier ended) {
        this.ended = ended;
    }

    /**
     * Any thread.
     *
     * @param dropped runs in place of the task, if the loop has ended
     */
    public void add(Runnable task, Runnable dropped) {
        entries.add(new Entry(task, dropped));
        dropIfEnded();
    }

    /** On the loop: runs what was added before. */
    public void run() {
        for (int left = entries.size(); left > 0; left--) {
            var entry = entries.poll();
            if (entry != null) {
                entry.task().run();
            }
        }
    }

    /** Drops all, if the loop has ended since they were added. Any thread. */
    public void dropIfEnded() {
        if (ended.getAsBoolean()) {
            for (var entry = entries.poll(); entry != null; entry = entries.poll()) {
                entry.dropped().run();
            }
        }
    }

    private record Entry(Runnable task, Runnable dropped) {}
}
