package io.sockeye.server.internal.context;

import io.sockeye.concurrent.Replies;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Where futures of answers are completed, so that a handler may wait for one. Any thread. */
public final class ReplyThreads {
    private final Executor executor;
    private final ServerContext context;
    /** How often it will be looked whether answers wait for what blocks. */
    private final AtomicInteger looks = new AtomicInteger();

    ReplyThreads(Executor executor, ServerContext context) {
        this.executor = executor;
        this.context = context;
    }

    public Executor executor() {
        return executor;
    }

    /** For the acknowledgements of one client, which keep their order. */
    public Executor ordered() {
        return executor == HandlerExecutor.EVENT_LOOP
                ? executor
                : new Replies(executor, this::look, () -> !context.running());
    }

    private void look(Runnable task, long millis) {
        looks.incrementAndGet();
        context.after(Duration.ofMillis(millis), () -> {
            task.run();
            looks.decrementAndGet(); // After it has asked for the next look, if there is need for one.
        });
    }

    /** Whether somebody looks after answers that wait behind others. */
    public boolean looks() {
        return looks.get() > 0;
    }

    /** The server starts: what another run was to look after is forgotten. */
    void start() {
        looks.set(0);
    }
}
