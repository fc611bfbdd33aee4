package io.sockeye.server.internal.engine;

import io.sockeye.server.host.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A loop on a plain thread, for which no time passes. */
final class MemoryLoop implements Loop {
    private final int index;
    private final ExecutorService executor;
    private @Nullable Thread thread;
    private List<Flushable> unflushed = new ArrayList<>();

    MemoryLoop(int index) {
        this.index = index;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            var created = new Thread(task, "memory-" + index);
            created.setDaemon(true);
            thread = created;
            return created;
        });
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void post(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException ended) {
            assert executor.isShutdown();
        }
    }

    @Override
    public long nowMillis() {
        return 0;
    }

    @Override
    public void repeat(Duration period, Runnable task) {
        // Its time never comes.
    }

    @Override
    public void flushLater(Flushable transport) {
        if (unflushed.isEmpty()) {
            post(this::flushAll);
        }
        unflushed.add(transport);
    }

    private void flushAll() {
        var batch = unflushed;
        unflushed = new ArrayList<>();
        batch.forEach(Flushable::flush);
    }

    void end() {
        executor.shutdown();
    }

    @Override
    public boolean hasEnded() {
        return executor.isShutdown();
    }
}
