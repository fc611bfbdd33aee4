package io.sockeye.client.http;

import java.util.concurrent.Executor;

/**
 * Where an HTTP client works. To connect, it looks names up and asks the user's proxy selector and authenticator, which may
 * block; once it only passes the messages of a WebSocket on, it works on the loop, for which they are: with one
 * acknowledgement in flight that costs a third of the CPU less than another change of threads (ClientLoad). Any thread.
 */
final class HttpExecutor implements Executor {
    private final Executor loop;
    private final Executor tasks;
    private volatile boolean mayBlock = true;

    HttpExecutor(Executor loop, Executor tasks) {
        this.loop = loop;
        this.tasks = tasks;
    }

    /** Whether what the client does next may block. */
    void mayBlock(boolean possibly) {
        mayBlock = possibly;
    }

    @Override
    public void execute(Runnable task) {
        (mayBlock ? tasks : loop).execute(task);
    }
}
