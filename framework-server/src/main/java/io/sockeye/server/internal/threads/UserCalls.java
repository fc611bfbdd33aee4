package io.sockeye.server.internal.threads;

import io.sockeye.concurrent.Causes;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.server.ErrorHandler;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the user's code: watches how long it takes, tells the error handler what it throws, and keeps the interruption of
 * one call from the next. Any thread.
 */
public final class UserCalls {
    private static final Logger log = LoggerFactory.getLogger(UserCalls.class);

    private final ErrorHandler errors;
    /** Null if handlers may take as long as they like. */
    private final @Nullable HandlerWatch watch;

    private final BusyMailboxes busy;
    private final Interrupts interrupts = new Interrupts();

    /**
     * @param deadline null if handlers may take as long as they like
     * @param busy knows on which of the user's executors a thread is
     */
    public UserCalls(ErrorHandler errors, @Nullable Duration deadline, BusyMailboxes busy) {
        this.errors = errors;
        this.watch = deadline == null ? null : new HandlerWatch(deadline, this::report);
        this.busy = busy;
    }

    public void start() {
        if (watch != null) {
            watch.start();
        }
    }

    public void stop() {
        if (watch != null) {
            watch.stop();
        }
    }

    /** From now on interruptions are meant for all that still want to run; called before the first one that is. */
    public void keepInterrupts() {
        interrupts.keep();
    }

    /**
     * Runs user code on a thread of a handler; what it throws goes to the error handler.
     *
     * @return whether it threw nothing
     */
    public boolean guard(UserCode code, Supplier<String> where) {
        return guard(code, where, error -> report(error, where.get()));
    }

    /** The same for code whose failure is more than reported. */
    public boolean guard(UserCode code, Supplier<String> where, Consumer<Throwable> failed) {
        try {
            return guardAnywhere(code, where, failed);
        } finally {
            interrupts.forget(busy.executorOfCaller());
        }
    }

    /** The same on a thread that may be the user's, whose interruption is not ours to forget. */
    public boolean guardAnywhere(UserCode code, Supplier<String> where, Consumer<Throwable> failed) {
        var run = begin(where);
        try {
            code.run();
            return true;
        } catch (Throwable e) {
            keepInterruption(e);
            failed.accept(e);
            return false;
        } finally {
            end(run);
        }
    }

    /** Calls user code, which is reported if it takes too long. */
    public <T> T watched(Callable<T> code, Supplier<String> where) throws Exception {
        var run = begin(where);
        try {
            return code.call();
        } catch (Throwable e) {
            keepInterruption(e);
            throw e;
        } finally {
            end(run);
        }
    }

    private static void keepInterruption(Throwable e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs a task with user code and forgets that it was interrupted, unless all are meant.
     *
     * @param executor that runs it; null for an event loop
     */
    public <T> T alone(@Nullable Executor executor, Supplier<T> task) {
        try {
            return task.get();
        } finally {
            interrupts.forget(executor);
        }
    }

    private HandlerWatch.@Nullable Run begin(Supplier<String> where) {
        return watch == null ? null : watch.begin(where, System.nanoTime());
    }

    private void end(HandlerWatch.@Nullable Run run) {
        if (watch != null && run != null) {
            watch.end(run);
        }
    }

    /** Tells the user's error handler, also of refusals: where one is expected, it is not reported. */
    public void report(Throwable error, String where) {
        var cause = Causes.of(error);
        try {
            errors.handle(cause instanceof UnexpectedArgumentsException ? cause : error, where);
        } catch (Throwable e) { // Also an error: the watch would end by it.
            log.error("the error handler failed when told of: {}", where, e);
        }
    }

    /** A call of a user's handler. */
    public interface UserCode {
        void run() throws Exception;
    }
}
