package io.sockeye.client.internal.http;

import java.util.concurrent.Executor;

/**
 * Where an HTTP client works. To connect, it looks names up and asks the user's proxy selector and authenticator, which may
 * block. Once it only passes the messages of a WebSocket on, it works on its own thread, which reads them: on another one,
 * the JDK (17 as well as 25) loses the end of a connection that follows right behind a message. Any thread.
 */
final class HttpExecutor implements Executor {
    private final Executor tasks;
    private volatile boolean mayBlock = true;

    HttpExecutor(Executor tasks) {
        this.tasks = tasks;
    }

    /** Whether what the client does next may block. */
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
