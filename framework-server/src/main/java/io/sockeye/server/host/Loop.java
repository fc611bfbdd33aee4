package io.sockeye.server.host;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The one thread that owns a part of the server's sessions, sockets and rooms, and its clock. {@link #execute}, {@link
 * #post} and {@link #inLoop} may be called on any thread; the others, unless they say otherwise, on the loop.
 *
 * <p>Tasks must not block, since all sessions of the loop would wait.
 */
public interface Loop extends Executor {
    /** Its place among the loops of the server, from 0 on. */
    int index();

    /** Whether the caller runs on this loop. */
    boolean inLoop();

    /**
     * Runs a task on the loop: at once if called on it, otherwise in the order of the calls. Dropped after shutdown.
     */
    @Override
    default void execute(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            post(task);
        }
    }

    /**
     * Runs a task on the loop in the order of the calls, never at once. Dropped after shutdown. Called while locks are
     * held; returns at once. The loop reports an exception of a task and runs the next ones.
     */
    void post(Runnable task);

    /** Whether it has ended without a shutdown, so that no task runs any more. Any thread. */
    default boolean hasEnded() {
        return false;
    }

    /**
     * The same for a task with an action for the case that it is dropped. The default drops that, too.
     *
     * @param dropped called at once in place of the task, if it is dropped
     */
    default void post(Runnable task, Runnable dropped) {
        post(task);
    }

    /** Milliseconds of a clock that only goes forward, the same one for all loops of a host. Any thread. */
    long nowMillis();

    /** Runs a task periodically until the loop ends, also after exceptions. Any thread. */
    void repeat(Duration period, Runnable task);

    /** Flushes a transport once, at the end of the loop's turn. */
    void flushLater(Flushable transport);

    /** Collects writes until the end of the loop's turn. */
    interface Flushable {
        /** Sends what was collected. Called on the loop. */
        void flush();
    }
}
