package io.sockeye.client.internal.threads;

/** The thread that owns a client's connection: all state of it is touched there alone. */
public interface Loop {
    /**
     * Runs a task after those that wait already. Any thread. Once the loop has stopped, the caller runs it, one at a
     * time: it can only find that it is late.
     */
    void execute(Runnable task);

    /** Runs a task once the time has come, unless it is cancelled or the loop has stopped before. Any thread. */
    Timer schedule(Runnable task, long delayMillis);

    /** A time that only grows; its zero is arbitrary. */
    long nowMillis();

    /** The time of day, which goes on while the machine sleeps, and may be set. */
    long wallMillis();

    /** Whether the caller is the loop's thread. Any thread. */
    boolean isCurrent();

    /** Ends the thread once the tasks are done that wait. Any thread. */
    void stop();

    /** Waits until the thread has ended, but not on that thread itself. Any thread. */
    void awaitEnd(long millis) throws InterruptedException;

    /** Something that is to happen. */
    interface Timer {
        void cancel();
    }
}
