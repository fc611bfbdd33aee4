package io.sockeye.server.internal.context;

import io.sockeye.engine.EngineSettings;
import io.sockeye.json.Json;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.server.internal.handlers.Handling;
import io.sockeye.server.internal.handlers.Refusals;
import io.sockeye.server.internal.threads.BusyMailboxes;
import io.sockeye.server.internal.threads.HandlerExecutor;
import io.sockeye.server.internal.threads.Mailbox;
import io.sockeye.server.internal.threads.Passage;
import io.sockeye.server.internal.threads.UserCalls;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What all parts of one server share. */
public final class ServerContext {
    /** After which time a busy executor is asked again. */
    private static final Duration RETRY = Duration.ofMillis(20);

    private static final int LEAST_FIRST_MESSAGE = 64 << 10;
    /** How many times the bytes of JSON a value may take on the wire. */
    private static final int AUTH_SPELLING = 4;

    private final Json json;
    /** Null for the platform's. */
    private final @Nullable SecureRandom random;

    private final EngineSettings engine;
    private final SocketLimits limits;
    private final Parser parser;
    private final long connectTimeoutMillis;
    private final HandlerExecutor handlers;
    private final BusyMailboxes busy = new BusyMailboxes();
    private final UserCalls calls;
    private final Refusals refusals;
    private final Handling handling;
    private final int mailboxLimit;
    private final long mailboxBytes;
    private final Memory memory;
    private final Overflows overflows;
    private final ReplyThreads replies;

    private final int maxNamespaces;
    private final int maxRooms;
    private final int maxAuthBytes;
    private final boolean cleanupEmptyChildNamespaces;
    /** Null unless the server runs. */
    private volatile @Nullable Timer timer;
    /** Stands still until the server runs: what is kept before has no other clock than what is kept then. */
    private volatile LongSupplier clockMillis = () -> 0;

    public ServerContext(ServerSettings settings, HandlerExecutor handlers) {
        this.json = settings.json;
        this.random = settings.random;
        this.engine = settings.engineSettings();
        this.limits = settings.socketLimits();
        this.parser = settings.parser;
        this.connectTimeoutMillis = settings.connectTimeout.toMillis();
        this.handlers = handlers;
        this.calls = new UserCalls(settings.errors, settings.handlerDeadline, busy);
        this.refusals = new Refusals(calls, json, settings.requestErrors);
        this.handling = new Handling(json, refusals);
        this.mailboxLimit = settings.mailboxLimit;
        this.mailboxBytes = settings.usualMailboxBytes();
        this.memory = new Memory(settings);
        this.replies = new ReplyThreads(handlers.replies(), this);
        this.overflows = new Overflows(settings.overflows, calls, replyMailbox());
        this.maxNamespaces = settings.maxNamespaces;
        this.maxRooms = settings.maxRooms;
        this.maxAuthBytes = settings.maxAuthBytes;
        this.cleanupEmptyChildNamespaces = settings.cleanupEmptyChildNamespaces;
    }

    public Json json() {
        return json;
    }

    /** From where ids and secrets are drawn: unless the user has one, one for each loop. */
    public SecureRandom random() {
        return random == null ? new SecureRandom() : random;
    }

    /** The time that the server has run, by the clock of its loops; 0 before. */
    public long nowMillis() {
        return clockMillis.getAsLong();
    }

    public EngineSettings engine() {
        return engine;
    }

    public SocketLimits limits() {
        return limits;
    }

    public Parser parser() {
        return parser;
    }

    public long connectTimeoutMillis() {
        return connectTimeoutMillis;
    }

    /** In which time the attachments of an event must follow it: as long as the heartbeat gives a client. */
    public long attachmentTimeoutMillis() {
        return engine.pingIntervalMillis() + engine.pingTimeoutMillis();
    }

    /** How many events of a client in a namespace may wait for their handlers. */
    public int mailboxLimit() {
        return mailboxLimit;
    }

    /** How many bytes they may have. */
    public long mailboxBytes() {
        return mailboxBytes;
    }

    public Memory memory() {
        return memory;
    }

    public Overflows overflows() {
        return overflows;
    }

    /** In how many namespaces a client may be or want to be. */
    public int maxNamespaces() {
        return maxNamespaces;
    }

    /** How many rooms a socket may join. */
    public int maxRooms() {
        return maxRooms;
    }

    /** How long the {@code auth} payload of a client may be. */
    public int maxAuthBytes() {
        return maxAuthBytes;
    }

    /**
     * How many bytes a message or a body may have before the client is in a namespace: room for {@code auth} in any parser's
     * spelling.
     */
    public int firstMessageBytes() {
        long room = Math.max(LEAST_FIRST_MESSAGE, AUTH_SPELLING * (long) maxAuthBytes);
        return (int) Math.min(maxMessageBytes(), room);
    }

    /** How many bytes it may have later. */
    public int maxMessageBytes() {
        return engine.limits().maxPayload();
    }

    public boolean cleanupEmptyChildNamespaces() {
        return cleanupEmptyChildNamespaces;
    }

    /** How user code is called. */
    public UserCalls calls() {
        return calls;
    }

    public Handling handling() {
        return handling;
    }

    public Refusals refusals() {
        return refusals;
    }

    /** Where handlers run unless told otherwise. */
    public Executor handlers() {
        return handlers.executor();
    }

    /** Where it is decided who may come in. */
    public Executor admission() {
        return handlers.admission();
    }

    /** Where HTTP routes run. */
    public Executor routes() {
        return handlers.routes();
    }

    /** @param executor null for where user code runs unless told otherwise */
    public Mailbox mailbox(@Nullable Executor executor) {
        return mailbox(executor, null);
    }

    /** @param client where the client is of whose events it has; null if it has none */
    public Mailbox mailbox(@Nullable Executor executor, Passage.@Nullable ClientLoop client) {
        var chosen = executor == null ? handlers() : executor;
        var counting = handlers.endsWithServer(chosen) ? null : busy;
        var offLoop = chosen == HandlerExecutor.EVENT_LOOP ? chosen : handlers();
        return new Mailbox(chosen, this::later, counting, passage(client, offLoop));
    }

    private @Nullable Passage passage(Passage.@Nullable ClientLoop client, Executor offLoop) {
        return client == null ? null : new Passage(memory.gate(), client, offLoop);
    }

    /** A mailbox on an executor that ends with the server. */
    public Mailbox ownMailbox(Executor executor) {
        return ownMailbox(executor, null);
    }

    public Mailbox ownMailbox(Executor executor, Passage.@Nullable ClientLoop client) {
        return new Mailbox(executor, this::later, null, passage(client, Runnable::run));
    }

    /** A mailbox for the answers that handlers may wait for. */
    public Mailbox replyMailbox() {
        return ownMailbox(handlers.replies());
    }

    /** What runs on the user's executors. */
    public BusyMailboxes busy() {
        return busy;
    }

    /** Runs a short task on a loop in a moment; false if the server does not run. */
    private boolean later(Runnable task) {
        var running = timer;
        if (running != null) {
            running.after(RETRY, task);
        }
        return running != null;
    }

    /** Runs a short task on a loop after a time, unless the returned action was called before. */
    public Runnable after(Duration time, Runnable task) {
        var running = timer;
        return running == null ? () -> {} : running.after(time, task);
    }

    /** Whether the server runs: whether somebody would answer. */
    boolean running() {
        return timer != null;
    }

    /** Where futures are completed. */
    public ReplyThreads replies() {
        return replies;
    }

    /** The server runs from now on; its clock begins at 0. */
    public void start(Timer loop) {
        replies.start();
        long beginMillis = loop.nowMillis();
        clockMillis = () -> loop.nowMillis() - beginMillis;
        timer = loop;
        calls.start();
    }

    /** From now on nothing waits for a time any more. */
    public void stopTimer() {
        timer = null;
    }

    /** The clock of a loop. */
    public interface Timer {
        long nowMillis();

        /** Runs a short task on the loop after a time, unless the returned action was called before. */
        Runnable after(Duration time, Runnable task);
    }
}
