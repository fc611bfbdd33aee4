package io.sockeye.server.internal.server;

import io.sockeye.server.CannotListenException;
import io.sockeye.server.SocketServer;
import io.sockeye.server.host.Host;
import io.sockeye.server.host.Loop;
import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.context.ServerSettings;
import io.sockeye.server.internal.engine.Router;
import io.sockeye.server.internal.http.Sid;
import io.sockeye.server.internal.netty.EventLoops;
import io.sockeye.server.internal.netty.NettyServer;
import io.sockeye.server.internal.netty.io.NettyVersion;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server is started once and stopped once. Any thread. */
final class Lifecycle {
    /** By the name that users know. */
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

    /** Longer than a life, but nanoseconds can be counted. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** How exactly it is kept how long clients may be away. */
    private static final Duration EXPIRY = Duration.ofMillis(100);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ServerSettings settings;
    private final HandlerExecutor handlerExecutor;
    private final ServerCore core;
    private final ClusterMember member;

    /** Null until started; guarded by this. */
    private @Nullable Host host;

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Lifecycle(ServerSettings settings, HandlerExecutor handlerExecutor, ServerCore core, ClusterMember member) {
        this.settings = settings;
        this.handlerExecutor = handlerExecutor;
        this.core = core;
        this.member = member;
    }

    /** See {@link SocketServer#start}. */
    synchronized void start() {
        requireFresh();
        NettyVersion.check(SockeyeServer.class.getClassLoader());
        var eventLoops = new EventLoops(settings.ioTransport, settings.loops, settings.loopFailure);
        var address = settings.address.toSocketAddress();
        attach(new NettyServer(eventLoops, address, settings.tls, settings.maxHeaderSize));
    }

    /** See {@link SocketServer#attach}. */
    synchronized void attach(Host chosen) {
        requireFresh();
        var loops = checked(chosen.loops());
        var shards = loops.stream()
                .map(loop -> new Shard(loop, core, core.namespaces()))
                .toList();
        core.start(shards);
        try {
            var router =
                    new Router(new UserHttp(settings, core.context()).httpSettings(), shards, member.foreignSessions());
            member.answers(loops, router::handleForwarded);
            chosen.start(router);
            startClocks(shards);
        } catch (IOException e) {
            giveUp(chosen);
            throw new CannotListenException(chosen.address(), e);
        } catch (Throwable e) {
            giveUp(chosen);
            throw e;
        }
        host = chosen;
        log.info("listening on {}, path {}", chosen.address(), settings.path);
    }

    private void startClocks(List<Shard> shards) {
        shards.forEach(Shard::start);
        shards.get(0).loop().repeat(SECOND, core.context().memory().gate()::stopCountingLongRunning);
        shards.get(0).loop().repeat(SECOND, core.context().memory().answerGate()::stopCountingLongRunning);
        var recovery = core.recovery();
        if (recovery != null) {
            shards.get(0).loop().repeat(EXPIRY, recovery::expire);
        }
    }

    private static List<? extends Loop> checked(List<? extends Loop> loops) {
        boolean inOrder = IntStream.range(0, loops.size())
                .allMatch(index -> loops.get(index).index() == index);
        if (loops.isEmpty() || loops.size() > Sid.MAX_LOOPS || !inOrder) {
            throw new IllegalArgumentException(
                    "loops of a host: 1 to %d in the order of their indices expected, but they are %s"
                            .formatted(
                                    Sid.MAX_LOOPS,
                                    loops.stream().map(Loop::index).limit(10).toList()));
        }
        return loops;
    }

    /** The host could not be started. */
    private void giveUp(Host chosen) {
        attempt(() -> chosen.shutDown(Duration.ZERO));
        stop(Duration.ZERO);
    }

    /** What a host does wrong must not keep the server from its end. */
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            log.error("the host of the server failed", e);
        }
    }

    private void requireFresh() {
        if (host != null || stopping.get()) {
            throw new IllegalStateException("a server is started once");
        }
    }

    /** See {@link SocketServer#port}. */
    synchronized int port() {
        if (host == null || stopping.get()) {
            throw new IllegalStateException("the server does not listen");
        }
        return host.port();
    }

    /** See {@link SocketServer#stop}. */
    void stop(Duration limit) {
        var timeout = limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
        boolean first = stopping.compareAndSet(false, true);
        if (!first) {
            awaitStop(timeout);
        } else if (inLoop()) {
            new Thread(() -> shutDown(timeout), "sockeye-stop").start();
        } else {
            shutDown(timeout);
        }
    }

    private synchronized boolean inLoop() {
        return host != null && host.loops().stream().anyMatch(Loop::inLoop);
    }

    /** Unless the one who stops may wait for the caller. */
    private void awaitStop(Duration timeout) {
        if (inLoop() || handlerExecutor.runsCaller() || core.context().busy().runsCaller()) {
            return;
        }
        try {
            if (!stopped.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                log.debug("another thread is still about to stop the server");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void shutDown(Duration timeout) {
        @Nullable Host running;
        synchronized (this) {
            running = host;
        }
        try {
            shutDown(running, new StopTime(core, running, timeout));
        } finally {
            stopped.countDown();
        }
    }

    private void shutDown(@Nullable Host running, StopTime time) {
        if (running != null) {
            attempt(running::stopListening);
            time.awaitGoodbyes();
        }
        time.awaitPaused(handlerExecutor.runsCaller() || core.context().busy().runsCaller());
        time.awaitUsersExecutors(); // While those that are too busy are asked again.
        time.awaitReplies();
        core.stop();
        handlerExecutor.stop(time.remaining());
        time.awaitUsersExecutors(); // What the last handlers have left there.
        core.namespaces().close(); // After the last handlers, which may want to tell other servers.
        member.close();
        if (running != null) {
            attempt(() -> running.shutDown(time.remaining()));
            log.info("stopped");
        }
    }
}
