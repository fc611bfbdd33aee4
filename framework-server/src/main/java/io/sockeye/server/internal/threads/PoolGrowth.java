package io.sockeye.server.internal.threads;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a pool more threads while its tasks block: as many as tasks wait if none was done for a while. So a pool that
 * is only busy stays small. Has a thread of its own, while tasks wait.
 *
 * <p>The pool has a fixed size, a queue without bound, and threads that end when they have nothing to do.
 */
final class PoolGrowth implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(PoolGrowth.class);
    private static final long LOOK_MILLIS = 20;

    private final ThreadPoolExecutor pool;
    private final String name;
    private final ThreadFactory threads;
    /** The pool's size as long as nothing blocks. */
    private final int usual;

    private final AtomicBoolean looking = new AtomicBoolean();
    /** How many tasks had been done at the last look, if tasks waited then; else -1. The looking thread's. */
    private long done = -1;
    /** Whether it was said that the pool is full; the looking thread's. */
    private boolean warned;

    PoolGrowth(ThreadPoolExecutor pool, String name) {
        this(pool, name, task -> {
            var thread = new Thread(task, name + "growth");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param threads the thread that looks is one of them */
    PoolGrowth(ThreadPoolExecutor pool, String name, ThreadFactory threads) {
        this.pool = pool;
        this.name = name;
        this.threads = threads;
        this.usual = pool.getCorePoolSize();
    }

    /** A task was added, and will run: this does not fail if there can be no thread now, but looks once the next one comes. */
    void added() {
        if (pool.getQueue().isEmpty() || !looking.compareAndSet(false, true)) {
            return;
        }
        try {
            threads.newThread(this).start();
        } catch (Throwable e) {
            looking.set(false);
            notGrown(e);
        }
    }

    @Override
    public void run() {
        try {
            do {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } while (looks());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looking.set(false);
        }
        added(); // What came after the last look.
    }

    /** The same, if there can be no more threads now, which are asked for again. */
    private boolean looks() {
        try {
            return look();
        } catch (Throwable e) {
            notGrown(e);
            return true;
        }
    }

    private static void notGrown(Throwable failure) {
        try {
            log.debug("there are no more threads now: {}", failure.toString());
        } catch (Throwable e) {
            // There is no memory to say so.
        }
    }

    /** @return whether tasks wait */
    boolean look() {
        int waiting = pool.getQueue().size();
        if (waiting == 0) {
            done = -1;
            pool.setCorePoolSize(usual); // Those that are more end when they have had nothing to do for a while.
            return false;
        }
        long doneNow = pool.getCompletedTaskCount();
        if (doneNow == done) {
            grow(waiting);
        }
        done = doneNow;
        return true;
    }

    private void grow(int waiting) {
        int size = pool.getPoolSize();
        int room = pool.getMaximumPoolSize() - size;
        if (room > 0) {
            pool.setCorePoolSize(size); // It may be higher, if some of those could not be had.
            pool.setCorePoolSize(size + Math.min(room, waiting)); // Starts them, since tasks wait.
        } else if (!warned) {
            warned = true;
            log.warn(
                    "all {} threads {}… are busy, {} tasks wait: what blocks for long wants an executor of its own, or JDK 21",
                    size,
                    name,
                    waiting);
        }
    }
}
