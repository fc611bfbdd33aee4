package io.sockeye.server;

/**
 * A task of a client's mailbox with something that must follow, also if the task is dropped.
 *
 * @param done runs after the task, or in its place
 * @param needless whether it may be dropped to make room, as an event of a client that had to go
 */
record HandlerTask(Runnable task, Runnable done, boolean needless) implements Runnable {
    @Override
    public void run() {
        try {
            task.run();
        } finally {
            done.run();
        }
    }
}
