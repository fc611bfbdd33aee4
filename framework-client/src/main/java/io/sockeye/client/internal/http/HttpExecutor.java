package io.sockeye.client.internal.http;

import java.util.concurrent.Executor;

/**
 * The executor of an HTTP client of the client's own. While it connects, the HTTP client resolves names and calls the
 * user's proxy selector and authenticator, which may block: these tasks get threads. Once it only passes on the messages of
 * a WebSocket, tasks run inline, on the thread that reads: otherwise the JDK (observed with 17 and 25) loses the end of a
 * connection that follows right after a message. Any thread.
 */
final class HttpExecutor implements Executor {
    private final Executor tasks;
    private volatile boolean mayBlock = true;

    HttpExecutor(Executor tasks) {
        this.tasks = tasks;
    }

    /** Whether the tasks that follow may block. */
    void mayBlock(boolean possibly) {
        mayBlock = possibly;
    }

    @Override
    public void execute(Runnable task) {
        if (mayBlock) {
            tasks.execute(task);
        } else {
            task.run();
        }
    }
}
