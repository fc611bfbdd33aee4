package io.sockeye.server;

import io.sockeye.concurrent.Replies;
import io.sockeye.engine.EngineSettings;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.Json;
import io.sockeye.socket.Parser;
import io.sockeye.socket.SocketLimits;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all parts of one server share. */
final class ServerContext {
    private static final Logger log = LoggerFactory.getLogger(ServerContext.class);
    /** After which time a busy executor is asked again. */
    private static final Duration RETRY = Duration.ofMillis(20);

    private final Json json;
    /** Null for the platform's. */
    private final @Nullable SecureRandom random;

    private final EngineSettings engine;
    private final SocketLimits limits;
    private final Parser parser;
    private final long connectTimeoutMillis;
    private final HandlerExecutor handlers;
    private final BusyMailboxes busy = new BusyMailboxes();
    private final Interrupts interrupts = new Interrupts();
    private final ErrorHandler errors;
    private final Refusals refusals;
    private final int mailboxLimit;
    private final int maxNamespaces;
    private final boolean cleanupEmptyChildNamespaces;
    private final AdapterFactory adapters;
    /** Null if clients cannot come back. */
    private final @Nullable Recovery recovery;

    private final Namespaces namespaces = new Namespaces(this);
    /** How often it will be looked whether answers wait for what blocks. */
    private final AtomicInteger looks = new AtomicInteger();
    /** Null if handlers may take as long as they like. */
    private final @Nullable HandlerWatch watch;

    /** Empty unless the server runs. */
    private volatile List<Shard> shards = List.of();

    ServerContext(SocketServerBuilder builder, HandlerExecutor handlers) {
        this.json = builder.json;
        this.random = builder.random;
        this.engine = builder.engineSettings();
        this.limits = builder.socketLimits();
        this.parser = builder.parser;
        this.connectTimeoutMillis = builder.connectTimeout.toMillis();
        this.handlers = handlers;
        this.errors = builder.errors;
        this.refusals = new Refusals(this, builder.requestErrors);
        this.mailboxLimit = builder.mailboxLimit;
        this.maxNamespaces = builder.maxNamespaces;
        this.cleanupEmptyChildNamespaces = builder.cleanupEmptyChildNamespaces;
        this.adapters = builder.adapters;
        var shared = adapters instanceof Cluster cluster ? cluster.recovery() : null;
        this.recovery = builder.recovery == null ? null : new Recovery(builder.recovery, this, shared);
        this.watch = builder.handlerDeadline == null ? null : new HandlerWatch(builder.handlerDeadline, this::report);
    }

    Json json() {
        return json;
    }

    /** From where ids and secrets are drawn: unless the user has one, one for each loop. */
    SecureRandom random() {
        return random == null ? new SecureRandom() : random;
    }

    /** The time of the loops, which only goes forward. */
    long nowMillis() {
        var running = shards;
        return running.isEmpty()
                ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime())
                : running.get(0).nowMillis();
    }

    EngineSettings engine() {
        return engine;
    }

    SocketLimits limits() {
        return limits;
    }

    Parser parser() {
        return parser;
    }

    long connectTimeoutMillis() {
        return connectTimeoutMillis;
    }

    /** In which time the attachments of an event must follow it: as long as the heartbeat gives a client. */
    long attachmentTimeoutMillis() {
        return engine.pingIntervalMillis() + engine.pingTimeoutMillis();
    }

    /** How many events of a socket may wait for their handlers before its connection is not read any further. */
    int mailboxLimit() {
        return mailboxLimit;
    }

    /** In how many namespaces a client may be or want to be. */
    int maxNamespaces() {
        return maxNamespaces;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    @Nullable
    Recovery recovery() {
        return recovery;
    }

    boolean cleanupEmptyChildNamespaces() {
        return cleanupEmptyChildNamespaces;
    }

    AdapterFactory adapters() {
        return adapters;
    }

    /** Begins to take part in the cluster, if there is one. */
    void startCluster() {
        if (adapters instanceof Cluster cluster) {
            cluster.start(new LocalServer(this));
        }
        if (recovery != null) {
            recovery.start();
        }
    }

    /** Takes no more part in the cluster, if there is one. */
    void closeCluster() {
        if (adapters instanceof Cluster cluster) {
            guardAnywhere(cluster::close, () -> "cluster", error -> report(error, "cluster"));
        }
    }

    Refusals refusals() {
        return refusals;
    }

    /** Where user code runs. */
    Executor handlers() {
        return handlers.executor();
    }

    /** @param executor null for where user code runs unless told otherwise */
    Mailbox mailbox(@Nullable Executor executor) {
        var chosen = executor == null ? handlers() : executor;
        if (handlers.endsWithServer(chosen)) {
            return ownMailbox(chosen);
        }
        interrupts.mayCome(chosen);
        return new Mailbox(chosen, this::later, busy);
    }

    /** A mailbox on an executor that ends with the server. */
    Mailbox ownMailbox(Executor executor) {
        return new Mailbox(executor, this::later);
    }

    /** A mailbox for the answers that handlers may wait for. */
    Mailbox replyMailbox() {
        return ownMailbox(replies());
    }

    /** What runs on the user's executors. */
    BusyMailboxes busy() {
        return busy;
    }

    /** Runs a short task on a loop in a moment; false if the server does not run. */
    private boolean later(Runnable task) {
        var running = shards;
        if (!running.isEmpty()) {
            running.get(0).after(RETRY, task);
        }
        return !running.isEmpty();
    }

    /** Runs a short task on a loop after a time, unless the returned action was called before. */
    Runnable after(Duration time, Runnable task) {
        var running = shards;
        return running.isEmpty() ? () -> {} : running.get(0).after(time, task);
    }

    /** Where futures are completed, so that a handler may wait for one. */
    Executor replies() {
        return handlers.replies();
    }

    /** The same for the acknowledgements of one client, which keep their order. */
    Executor orderedReplies() {
        return replies() == HandlerExecutor.EVENT_LOOP
                ? replies()
                : new Replies(replies(), this::look, () -> shards.isEmpty());
    }

    private void look(Runnable task, long millis) {
        looks.incrementAndGet();
        after(Duration.ofMillis(millis), () -> {
            task.run();
            looks.decrementAndGet(); // After it has asked for the next look, if there is need for one.
        });
    }

    /** Lets answers that wait behind others be completed, as long as somebody looks after them. */
    void awaitReplies(long endNanos) {
        while (looks.get() > 0 && System.nanoTime() < endNanos) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    List<Shard> shards() {
        return shards;
    }

    void start(List<Shard> started) {
        looks.set(0);
        shards = List.copyOf(started);
        if (watch != null) {
            watch.start();
        }
    }

    /** From now on nobody is asked any more, since nobody would answer. */
    void stop() {
        interrupts.keep();
        shards = List.of();
        if (watch != null) {
            watch.stop();
        }
    }

    /**
     * Runs user code on a thread of a handler; what it throws goes to the error handler.
     *
     * @return whether it threw nothing
     */
    boolean guard(UserCode code, Supplier<String> where) {
        return guard(code, where, error -> report(error, where.get()));
    }

    /** The same for code whose failure is more than reported. */
    boolean guard(UserCode code, Supplier<String> where, Consumer<Throwable> failed) {
        try {
            return guardAnywhere(code, where, failed);
        } finally {
            interrupts.forget();
        }
    }

    /** The same on a thread that may be the user's, whose interruption is not ours to forget. */
    boolean guardAnywhere(UserCode code, Supplier<String> where, Consumer<Throwable> failed) {
        var run = begin(where);
        try {
            code.run();
            return true;
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            failed.accept(e);
            return false;
        } finally {
            end(run);
        }
    }

    /** Calls user code, which is reported if it takes too long. */
    <T> T watched(Callable<T> code, Supplier<String> where) throws Exception {
        var run = begin(where);
        try {
            return code.call();
        } finally {
            end(run);
        }
    }

    private HandlerWatch.@Nullable Run begin(Supplier<String> where) {
        return watch == null ? null : watch.begin(where, System.nanoTime());
    }

    private void end(HandlerWatch.@Nullable Run run) {
        if (watch != null && run != null) {
            watch.end(run);
        }
    }

    /** Tells the user's error handler, also of refusals: where one is expected, it is not reported. */
    void report(Throwable error, String where) {
        var cause = Blame.cause(error);
        try {
            errors.handle(cause instanceof UnexpectedArgumentsException ? cause : error, where);
        } catch (Throwable e) { // Also an error: the watch would end by it.
            log.error("the error handler failed when told of: {}", where, e);
        }
    }

    /** A call of a user's handler. */
    interface UserCode {
        void run() throws Exception;
    }
}
