package io.sockeye.server.internal.netty.tls;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes what handshakes of TLS need, on few threads beside the loops, so that many of them hold up nobody who is there. Peers of
 * different addresses take turns. Of one address the newest goes first and then the oldest, in turn: where more come than can be computed, who
 * comes next is not kept waiting by those that were likely given up already, and nobody waits for ever. Any thread.
 */
public final class Handshakes {
    private static final Logger log = LoggerFactory.getLogger(Handshakes.class);

    private static final long KEEP_SECONDS = 5;
    /** Of an address of IPv6: what a site has. */
    private static final int SITE_BYTES = 6;

    private final Executor threads;
    private final int most;
    /** What waits, by the address of the peer; the address first whose turn is next. */
    private final Map<Object, Queue> waiting = new LinkedHashMap<>();
    /** How many threads compute. Guarded by the map, as what follows. */
    private int busy;

    private boolean stopped;

    /**
     * @param threads where it is computed
     * @param most how many of them at once
     */
    public Handshakes(Executor threads, int most) {
        this.threads = threads;
        this.most = most;
    }

    /** Of half of the processors, so that as much is left for everybody else. */
    public static int usualThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /** Threads that end when there is nothing to do for them. */
    public static ExecutorService newThreads() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEEP_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DefaultThreadFactory("sockeye-tls", true));
    }

    /** What peers have in common whose turn is one. */
    public static Object addressOf(@Nullable SocketAddress peer) {
        if (!(peer instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return "";
        }
        var address = internet.getAddress();
        return address instanceof Inet6Address ? ByteBuffer.wrap(address.getAddress(), 0, SITE_BYTES) : address;
    }

    /** @return forgets the task, for a peer that has gone */
    public Runnable add(Object address, Runnable handshake) {
        var task = new Task(handshake);
        synchronized (waiting) {
            if (stopped) {
                return () -> {};
            }
            waiting.computeIfAbsent(address, key -> new Queue()).tasks.addFirst(task);
            if (busy == most) {
                return task::forget;
            }
            busy++;
        }
        start();
        return task::forget;
    }

    /** Nothing more is computed: the loops have ended. */
    public void stop() {
        synchronized (waiting) {
            stopped = true;
            waiting.clear();
        }
    }

    private void start() {
        boolean started = false;
        try {
            threads.execute(this::computeAll);
            started = true;
        } finally {
            if (!started) {
                synchronized (waiting) {
                    busy--;
                }
            }
        }
    }

    private void computeAll() {
        boolean ended = false;
        try {
            for (var task = next(); task != null; task = next()) {
                compute(task);
            }
            ended = true;
        } finally {
            if (!ended) { // No memory was left: the next handshake begins a thread again.
                synchronized (waiting) {
                    busy--;
                }
            }
        }
    }

    private static void compute(Task task) {
        try {
            task.run();
        } catch (Throwable e) { // Its loop has ended.
            log.debug("a handshake failed", e);
        }
    }

    /** The next one; null if there is none, and the thread ends. */
    private @Nullable Task next() {
        synchronized (waiting) {
            var addresses = waiting.entrySet().iterator();
            if (!addresses.hasNext()) {
                busy--;
                return null;
            }
            var turn = addresses.next();
            addresses.remove();
            var task = turn.getValue().next();
            if (!turn.getValue().tasks.isEmpty()) {
                waiting.put(turn.getKey(), turn.getValue());
            }
            return task;
        }
    }

    /** What is to be computed for one peer; nothing any more if that has gone. */
    private static final class Task implements Runnable {
        private volatile @Nullable Runnable handshake;

        private Task(Runnable handshake) {
            this.handshake = handshake;
        }

        private void forget() {
            handshake = null;
        }

        @Override
        public void run() {
            var computed = handshake;
            if (computed != null) {
                computed.run();
            }
        }
    }

    /** Of one address. */
    private static final class Queue {
        /** The newest first. */
        private final Deque<Task> tasks = new ArrayDeque<>(2);

        private boolean oldestIsNext;

        private Task next() {
            var task = oldestIsNext ? tasks.removeLast() : tasks.removeFirst();
            oldestIsNext = !oldestIsNext;
            return task;
        }
    }
}
