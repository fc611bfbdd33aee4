package io.sockeye.testbed.memory;

import java.util.concurrent.TimeUnit;

/**
 * How long this JVM was held up by the machine at worst, by others that are busy on it: a thread that wants to wake up again
 * and again, and notes how late it does. No server can be blamed for that.
 */
final class Hiccups implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private volatile long worstNanos;
    private volatile boolean closed;

    private Hiccups() {}

    static Hiccups start() {
        var hiccups = new Hiccups();
        var thread = new Thread(hiccups::watch, "hiccups");
        thread.setDaemon(true);
        thread.start();
        return hiccups;
    }

    private void watch() {
        try {
            while (!closed) {
                long start = System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(PERIOD_NANOS);
                worstNanos = Math.max(worstNanos, System.nanoTime() - start - PERIOD_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long worstMillis() {
        return TimeUnit.NANOSECONDS.toMillis(worstNanos);
    }

    @Override
    public void close() {
        closed = true;
    }
}
