package io.sockeye.server.internal.netty.io;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that waits until an event loop ends by an error, and acts then. Mostly there is no memory at first: it tries again
 * until that succeeds. Started with the loops, since a thread cannot be started without memory.
 */
public final class LoopWatch implements Runnable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** So that a bug does not keep it for ever. */
    private static final int MOST_TRIES = 3_000;

    private final Runnable action;
    private final Thread thread;
    private volatile boolean failed;
    private volatile boolean stopped;

    /** @param action may run several times, if it throws */
    public LoopWatch(Runnable action) {
        this.action = action;
        this.thread = new Thread(this, "sockeye-watch");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** A loop has ended. Needs no memory; any thread. */
    public void loopFailed() {
        failed = true;
        LockSupport.unpark(thread);
    }

    /** Loops are meant to end from now on. Any thread. */
    public void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** Whether loops are meant to end. Any thread. */
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public void run() {
        while (!failed && !stopped) {
            LockSupport.park(this);
        }
        boolean done = false;
        for (int i = 0; i < MOST_TRIES && !done && !stopped; i++) {
            done = succeeds();
        }
    }

    private boolean succeeds() {
        try {
            action.run();
            return true;
        } catch (Throwable e) {
            LockSupport.parkNanos(PAUSE_NANOS);
            return false;
        }
    }
}
