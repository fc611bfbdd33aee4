package io.sockeye.server.internal.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sockeye.engine.Framing;
import io.sockeye.engine.memory.Budget;
import io.sockeye.server.host.Loop;
import io.sockeye.server.http.PerMessageDeflate;
import io.sockeye.server.internal.http.LogPause;
import io.sockeye.server.internal.netty.http.DateHeader;
import io.sockeye.server.internal.netty.io.Faults;
import io.sockeye.server.internal.netty.websocket.FrameCache;
import io.sockeye.server.internal.netty.websocket.SharedDeflate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An event loop of Netty's and what the transports on it share. */
public final class NettyLoop implements Loop {
    private static final Logger log = LoggerFactory.getLogger(NettyLoop.class);

    /** How often a loop that ends looks whether it may. */
    private static final Duration QUIET_CHECK = Duration.ofMillis(10);

    /**
     * Before it writes to so many, the loop offers its core to threads that wait for it, once: handlers whose events were read in this
     * turn, and what they send then leaves by the same writes. Where no thread waits that costs a microsecond, and each
     * write saved is worth four. Broadcast to 100 on one core: 8 outstanding 0.92 µs a delivery without and 0.75 with it, 4
     * outstanding 1.68 and 1.17, 1 outstanding the same.
     */
    private static final int MANY = 16;

    private final int index;
    private final EventLoop eventLoop;
    /** One for each framing: the same packets are other frames in another one. */
    private final Map<Framing, FrameCache> frames = new HashMap<>(4);

    /** Null until the first connection compresses. */
    private @Nullable SharedDeflate deflate;

    /** The connections that have become WebSockets. */
    private final Set<Channel> webSockets = new HashSet<>();

    /** Of those of them that have sent a part of a message. */
    private final Set<MessageWatch> receiving = new LinkedHashSet<>();

    private final IdleConnections idle = new IdleConnections();
    /** Replaced before the first connection comes. */
    private WaitingInput waiting = new WaitingInput(new Budget(Long.MAX_VALUE), 1, new LogPause(), this::nowMillis);

    /** Transports with something to send; flushed once when the loop has done what it is doing. */
    private List<Flushable> unflushed = new ArrayList<>();

    /** Connections with bytes to send. Flushed after the transports, which are what answers polls. */
    private List<Flushable> connections = new ArrayList<>();

    /** Emptied while it is gone through; then what comes meanwhile has the other list. */
    private List<Flushable> spare = new ArrayList<>();

    private boolean flushPosted;

    /** Whether other threads had their chance before the flush that is posted. */
    private boolean coreOffered;

    private final DateHeader date = new DateHeader();

    public NettyLoop(int index, EventLoop eventLoop) {
        this.index = index;
        this.eventLoop = eventLoop;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    @Override
    public void post(Runnable task) {
        post(task, () -> {});
    }

    @Override
    public void post(Runnable task, Runnable dropped) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("loop {} has ended: a task is dropped", index);
            dropped.run();
        }
    }

    @Override
    public long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void repeat(Duration period, Runnable task) {
        long nanos = period.toNanos();
        eventLoop.scheduleAtFixedRate(() -> guard(task), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    public EventLoop eventLoop() {
        return eventLoop;
    }

    public FrameCache frames(Framing framing) {
        return frames.computeIfAbsent(framing, key -> new FrameCache(eventLoop, key));
    }

    /** @param settings the same in each call */
    SharedDeflate deflate(PerMessageDeflate settings) {
        var shared = deflate;
        if (shared == null) {
            shared = new SharedDeflate(eventLoop, settings);
            deflate = shared;
        }
        return shared;
    }

    Set<Channel> webSockets() {
        return webSockets;
    }

    Set<MessageWatch> receiving() {
        return receiving;
    }

    /** Ends connections that do nothing, or too slowly. */
    void sweep() {
        long now = nowMillis();
        idle.sweep(now);
        List.copyOf(receiving).forEach(each -> each.endIfLate(now));
    }

    /** Completes once no WebSocket is left and no answer is on its way. May be called on any thread. */
    CompletableFuture<Void> quiet() {
        var quiet = new CompletableFuture<Void>();
        Runnable check = () -> {
            if (webSockets.isEmpty() && idle.allSent()) {
                quiet.complete(null);
            }
        };
        try {
            execute(check);
            repeat(QUIET_CHECK, check);
        } catch (RejectedExecutionException e) { // It has ended by an error.
            quiet.complete(null);
        }
        return quiet;
    }

    /** Does not wait for the peers of WebSockets that were closed before. */
    void hangUpClosed() {
        for (var channel : List.copyOf(webSockets)) {
            var webSocket = channel.pipeline().get(NettyWebSocket.class);
            if (webSocket != null) {
                webSocket.hangUpIfClosed();
            }
        }
    }

    /** Closes whatever is still open; the loop's end alone leaves the peers in the dark about some. */
    void closeAll() {
        idle.closeAll();
        List.copyOf(webSockets).forEach(Channel::close);
    }

    @Override
    public boolean hasEnded() {
        return eventLoop.isShuttingDown();
    }

    /**
     * Closes whatever is still open without the loop, which runs no task any more: in its thread's last moments, else on any
     * thread.
     */
    void abandonAll() {
        idle.abandonAll();
        webSockets.forEach(NettyLoop::abandon);
    }

    /** Closes a channel whose loop runs no task any more. Netty asserts that this is done on the loop's own thread. */
    static void abandon(Channel channel) {
        if (channel.isOpen()) {
            channel.unsafe().closeForcibly();
        }
    }

    /** The time of day, as answers say it. */
    String date() {
        return date.at(System.currentTimeMillis());
    }

    /** What connections hold is charged to this from now on; there are none yet. */
    void waiting(WaitingInput charged) {
        waiting = charged;
    }

    WaitingInput waiting() {
        return waiting;
    }

    IdleConnections idle() {
        return idle;
    }

    @Override
    public void flushLater(Flushable transport) {
        unflushed.add(transport);
        postFlush();
    }

    /**
     * The same for the bytes of a connection, once in a turn: where the peer is fast, each flush makes room for more, and the
     * others must not wait until all has left.
     */
    void flushConnectionLater(Flushable connection) {
        connections.add(connection);
        postFlush();
    }

    private void postFlush() {
        if (!flushPosted) {
            eventLoop.execute(this::flushAll);
            flushPosted = true;
        }
    }

    private void flushAll() {
        if (!coreOffered && unflushed.size() + connections.size() >= MANY) {
            offerCore();
            eventLoop.execute(this::flushAll); // After what was posted meanwhile.
            return;
        }
        coreOffered = false;
        while (!unflushed.isEmpty()) { // The answer to a poll may let in another one that waited behind it.
            var batch = unflushed;
            unflushed = spare;
            flush(batch);
        }
        var batch = connections;
        connections = spare;
        flush(batch);
        flushPosted = false;
        if (!unflushed.isEmpty() || !connections.isEmpty()) {
            postFlush();
        }
        frames.values().forEach(FrameCache::clear);
        if (deflate != null) {
            deflate.clear();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // What is right does not depend on it, what is cheap does.
    private void offerCore() {
        coreOffered = true;
        Thread.yield();
    }

    private void flush(List<Flushable> batch) {
        for (var each : batch) {
            guard(each::flush);
        }
        batch.clear();
        spare = batch;
    }

    /** What one transport or one task does wrong must not stop the loop's work for the others. */
    private void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            logFailure(e);
        }
    }

    /** What cannot be logged, since there is no memory, must not end the loop. */
    private void logFailure(Throwable failure) {
        try {
            log.error("loop {}: a task failed", index, failure);
        } catch (Throwable e) {
            Faults.notLogged();
        }
    }
}
