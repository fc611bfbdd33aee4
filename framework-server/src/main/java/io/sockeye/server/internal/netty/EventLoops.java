package io.sockeye.server.internal.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.sockeye.engine.memory.Budget;
import io.sockeye.server.IoTransport;
import io.sockeye.server.LoopFailure;
import io.sockeye.server.host.Loop;
import io.sockeye.server.internal.http.LogPause;
import io.sockeye.server.internal.http.Sid;
import io.sockeye.server.internal.netty.io.Backend;
import io.sockeye.server.internal.netty.io.LoopThreads;
import io.sockeye.server.internal.netty.io.LoopWatch;
import io.sockeye.server.internal.netty.websocket.DeflateContexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's event loops. Created by start, ended by {@link #shutDown}. */
public final class EventLoops {
    private static final Logger log = LoggerFactory.getLogger(EventLoops.class);
    private static final Duration SWEEP = Duration.ofSeconds(5);
    /** As {@code EX_SOFTWARE} of sysexits. */
    private static final int HALT_STATUS = 70;

    private static final String FAILURE = "sockeye: the thread of an event loop has ended by an error";

    /** As many as the ids of sessions can tell apart. */
    public static final int MAX_COUNT = Sid.MAX_LOOPS;

    private final Backend backend;
    private final MultiThreadIoEventLoopGroup group;
    private final List<NettyLoop> loops;
    private final LoopFailure failure;
    /** What else is to be closed when a loop fails. */
    private volatile Runnable onFailure = () -> {};

    private final DeflateContexts deflateContexts = new DeflateContexts();

    private final LoopWatch watch = new LoopWatch(this::failed);
    /** Whether connections are kept for further requests. */
    private volatile boolean keepsConnections = true;

    /**
     * @throws UnsupportedOperationException if the machine does not have that I/O transport
     */
    public EventLoops(IoTransport transport, int count, LoopFailure failure) {
        this(transport, count, failure, SWEEP);
    }

    /** @param sweep how often idle connections are looked for */
    EventLoops(IoTransport transport, int count, LoopFailure failure, Duration sweep) {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("loops: " + count + ", allowed 1 to " + MAX_COUNT);
        }
        this.failure = failure;
        backend = Backend.of(transport);
        group = new MultiThreadIoEventLoopGroup(count, new LoopThreads(watch::loopFailed), backend.handler());
        var list = new ArrayList<NettyLoop>(count);
        for (var executor : group) {
            var loop = new NettyLoop(list.size(), (EventLoop) executor);
            loop.repeat(sweep, loop::sweep);
            ((SingleThreadEventExecutor) executor).addShutdownHook(() -> ending(loop));
            list.add(loop);
        }
        loops = List.copyOf(list);
        watch.start();
        log.info("I/O by {} on {} event loops", backend.transport(), count);
    }

    /** In the order of their indices. */
    public List<? extends Loop> loops() {
        return loops;
    }

    /**
     * What connections hold of requests is charged to this budget, before the first of them comes.
     *
     * @param memory for what clients send
     */
    void chargeTo(Budget memory) {
        var pause = new LogPause();
        for (var loop : loops) {
            loop.waiting(new WaitingInput(memory, loops.size(), pause, loop::nowMillis));
            loop.idle().limit(new RestingConnections(memory, loops.size(), pause, loop::nowMillis));
        }
    }

    /** @param action closes what is not a connection when a loop fails; any thread */
    void onFailure(Runnable action) {
        onFailure = action;
    }

    /** On a loop that ends, by an error or because it was told to: nothing of it stays open. */
    private void ending(NettyLoop loop) {
        if (!watch.isStopped() && failure == LoopFailure.CLOSE) {
            onFailure.run();
        }
        loop.abandonAll();
    }

    /** A loop has ended by an error: what fails here, for want of memory, is done once more. */
    private void failed() {
        if (failure == LoopFailure.HALT) {
            halt();
        }
        keepNoConnections();
        onFailure.run();
        for (var loop : loops) {
            if (loop.hasEnded()) {
                loop.abandonAll();
            } else {
                loop.execute(loop::closeAll);
            }
        }
        System.err.println(FAILURE);
        log.error(FAILURE);
    }

    private static void halt() {
        try {
            System.err.println(FAILURE);
        } finally {
            Runtime.getRuntime().halt(HALT_STATUS);
        }
    }

    /** From now on an answer ends its connection, unless the client needs that for its session. */
    void keepNoConnections() {
        keepsConnections = false;
    }

    /** Connections that are closed already are not waited for. */
    void hangUpClosed() {
        loops.forEach(loop -> loop.execute(loop::hangUpClosed));
    }

    boolean keepsConnections() {
        return keepsConnections;
    }

    /**
     * Ends all loops and closes what is still open, once all that was sent has left and the clients of WebSockets have
     * said goodbye; returns when it is done or the time is over.
     */
    public void shutDown(Duration timeout) {
        watch.stop();
        long end = System.nanoTime() + timeout.toNanos();
        if (!timeout.isZero()) {
            awaitQuiet(timeout);
        }
        long rest = TimeUnit.NANOSECONDS.toMillis(Math.max(0, end - System.nanoTime()));
        loops.forEach(loop -> loop.execute(loop::closeAll));
        group.shutdownGracefully(0, rest, TimeUnit.MILLISECONDS).awaitUninterruptibly(rest);
    }

    private void awaitQuiet(Duration timeout) {
        var quiet = loops.stream().map(NettyLoop::quiet).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(quiet).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.info("some clients did not take what was sent to them in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError(e); // They never fail.
        }
    }

    public NettyLoop at(int index) {
        return loops.get(index);
    }

    /** Of all connections. */
    DeflateContexts deflateContexts() {
        return deflateContexts;
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    Backend backend() {
        return backend;
    }

    /** The loop that runs a channel. */
    NettyLoop of(EventLoop eventLoop) {
        for (var loop : loops) {
            if (loop.eventLoop() == eventLoop) {
                return loop;
            }
        }
        throw new IllegalStateException("a foreign event loop: " + eventLoop);
    }
}
