package io.sockeye.client.internal.threads;

/** The thread that owns a client's connection: only it may access the connection's state. */
public interface Loop {
    /**
     * Runs a task after those that were posted before. Any thread. After the loop has stopped, the task runs on the calling
     * thread, one task at a time; no task is dropped.
     */
    void execute(Runnable task);

    /** Runs a task after a delay, unless it is cancelled or the loop stops before. Any thread. */
    Timer schedule(Runnable task, long delayMillis);

    /** A monotonic time; its zero is arbitrary. */
    long nowMillis();

    /** The time of day. Unlike {@link #nowMillis}, it goes on while the machine is suspended, and may be changed. */
    long wallMillis();

    /** Whether the caller is the loop's thread. Any thread. */
    boolean isCurrent();

    /** Ends the thread after the tasks that were posted before. Any thread. */
    void stop();

    /** Waits for this time at most until the thread has ended; returns at once on that thread itself. Any thread. */
    void awaitEnd(long millis) throws InterruptedException;

    /** A task that is scheduled. */
    interface Timer {
        void cancel();
    }
}
