package io.sockeye.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Reports handlers that run for too long, each once. Any thread. */
final class HandlerWatch {
    private final Duration deadline;
    private final BiConsumer<Throwable, String> report;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

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

    /** How often {@link #check} should be called. */
    Duration period() {
        return deadline.dividedBy(4);
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
