package io.sockeye.server.internal.threads;

import io.sockeye.server.StuckHandlerException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reports handlers that run for too long, each once. Any thread. */
final class HandlerWatch {
    private final Duration deadline;
    private final BiConsumer<Throwable, String> report;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    /** Apart from loops and handlers, which may be stuck. Null unless the server runs. */
    private @Nullable ScheduledExecutorService clock;

    HandlerWatch(Duration deadline, BiConsumer<Throwable, String> report) {
        this.deadline = deadline;
        this.report = report;
    }

    /** The present thread begins to run a handler; {@link #end} must follow. */
    Run begin(Supplier<String> where, long nowNanos) {
        var run = new Run(Thread.currentThread(), where, nowNanos);
        running.add(run);
        return run;
    }

    void end(Run run) {
        running.remove(run);
    }

    /** Reports what has been running for too long. */
    void check(long nowNanos) {
        running.removeIf(run -> {
            boolean late = nowNanos - run.sinceNanos >= deadline.toNanos();
            if (late) {
                report.accept(new StuckHandlerException(run.thread, deadline), run.where.get());
            }
            return late;
        });
    }

    /** Looks again and again from now on. */
    void start() {
        var started = Executors.newSingleThreadScheduledExecutor(HandlerWatch::thread);
        long nanos = deadline.dividedBy(4).toNanos();
        started.scheduleAtFixedRate(() -> check(System.nanoTime()), nanos, nanos, TimeUnit.NANOSECONDS);
        clock = started;
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "sockeye-watch");
        thread.setDaemon(true);
        return thread;
    }

    void stop() {
        if (clock != null) {
            clock.shutdownNow();
        }
    }

    /** One call of a handler. */
    static final class Run {
        private final Thread thread;
        private final Supplier<String> where;
        private final long sinceNanos;

        private Run(Thread thread, Supplier<String> where, long sinceNanos) {
            this.thread = thread;
            this.where = where;
            this.sinceNanos = sinceNanos;
        }
    }
}
