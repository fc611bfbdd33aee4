package io.sockeye.server.internal.netty;

import io.sockeye.server.host.Loop;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one HTTP connection that have not left. They are flushed together, at the end of the read that brought the
 * requests or of the loop's turn, whichever comes first. Owned by the channel's loop.
 */
final class UnsentAnswers implements Loop.Flushable {
    private final HttpConnection connection;
    /** Those that were begun and have not left. */
    private int count;
    /** Whether something was written that is not flushed. */
    private boolean dirty;
    /** Runs once all have left; null if nothing waits for that. */
    private @Nullable Runnable then;

    UnsentAnswers(HttpConnection connection) {
        this.connection = connection;
    }

    /** An answer begins. */
    void begun() {
        count++;
        connection.touch();
    }

    /** The end of an answer has left, or is lost. */
    void sent() {
        count--;
        runIfNone();
        connection.restIfDone();
    }

    boolean none() {
        return count == 0;
    }

    /** What was written leaves together with what else is written in the loop's turn. */
    void flushLater() {
        if (!dirty) {
            dirty = true;
            connection.loop().flushConnectionLater(this);
        }
    }

    @Override
    public void flush() {
        if (dirty) {
            dirty = false;
            connection.context().flush();
        }
    }

    /** Runs a task once all have left. */
    void afterLast(Runnable task) {
        then = task;
        flush();
        runIfNone();
    }

    /** Whether a task still waits for that. */
    boolean awaited() {
        return then != null;
    }

    private void runIfNone() {
        var ready = then;
        if (ready != null && none()) {
            then = null;
            ready.run();
        }
    }
}
