package io.sockeye.server.internal.socket;

import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.context.ServerLoop;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.threads.AnswerQueue;
import io.sockeye.server.internal.threads.HandlerExecutor;
import io.sockeye.server.internal.threads.HandlerTask;
import io.sockeye.server.internal.threads.Mailbox;
import io.sockeye.server.internal.threads.Passage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes of one client's handlers: the usual one, and one on each executor that single handlers have. The sockets
 * that stand for the client one after another share them, so that each place is done with the old one first. Any thread.
 */
public final class HandlerMailboxes implements Passage.ClientLoop {
    private final ServerContext context;
    private final Backlog backlog;
    /** Of the client's latest socket. */
    private volatile ServerLoop loop;
    /** The client's connection, or the last one that it had, by its id. */
    private volatile Object client = this;
    /** Whether the client has no socket at the moment. */
    private volatile boolean away;

    private final Mailbox usual;
    /** Whether the usual one is on the loop itself, where nobody has to be woken. */
    private final boolean usualOnLoop;
    /** Null until the first handler with an executor of its own; guarded by this. */
    private @Nullable Map<Executor, Mailbox> elsewhere;
    /** Null until the first acknowledgement is asked for; guarded by this. */
    private @Nullable Executor replies;
    /** The same, unless that is the loop. */
    private volatile @Nullable AnswerQueue lane;
    /** Connection handlers and events in the usual mailbox that have not had their turn. */
    private final AtomicInteger ordered = new AtomicInteger();
    /** Events in the usual mailbox that those elsewhere need not wait for. */
    private final AtomicInteger overtakable = new AtomicInteger();

    public HandlerMailboxes(ServerContext context, LocalNamespace namespace, ServerLoop loop) {
        this.context = context;
        this.loop = loop;
        this.backlog = new Backlog(
                context.mailboxLimit(), context.mailboxBytes(), context.memory().in());
        var executor = namespace.handlerExecutor();
        this.usual = context.mailbox(executor, this);
        this.usualOnLoop = (executor == null ? context.handlers() : executor) == HandlerExecutor.EVENT_LOOP;
    }

    /** The client came back on another connection. */
    public void moveTo(ServerLoop next) {
        loop = next;
        away = false;
    }

    /** The client has a socket on that connection from now on. */
    void joined(String sid) {
        client = sid;
    }

    /** The client's socket has ended. */
    void leave() {
        away = true;
    }

    boolean away() {
        return away;
    }

    /** What waits in all of them. */
    Backlog backlog() {
        return backlog;
    }

    Mailbox usual() {
        return usual;
    }

    public synchronized Mailbox on(Executor executor) {
        if (elsewhere == null) {
            elsewhere = new HashMap<>(2);
        }
        return elsewhere.computeIfAbsent(executor, this::create);
    }

    private Mailbox create(Executor executor) {
        return executor == HandlerExecutor.EVENT_LOOP
                ? context.ownMailbox(this::onEventLoop, this)
                : context.mailbox(executor, this);
    }

    /** Where the client's acknowledgements complete futures: in order, but not behind what blocks. */
    synchronized Executor replies() {
        var present = replies;
        if (present == null) {
            present = context.replies().ordered();
            if (present != HandlerExecutor.EVENT_LOOP) {
                var memory = context.memory();
                lane = new AnswerQueue(present, new Passage(memory.answerGate(), this, Runnable::run), memory.in());
                present = lane;
            }
            replies = present;
        }
        return present;
    }

    /** What waits for handlers, and of large answers for those who read them. */
    long waitingBytes() {
        var present = lane;
        return backlog.bytes() + (present == null ? 0 : present.bytes());
    }

    private void onEventLoop(Runnable task) {
        loop.inCallOrder(task);
    }

    @Override
    public void run(Runnable task, Runnable dropped) {
        loop.post(task, dropped);
    }

    @Override
    public void runSoon(Runnable task, Runnable dropped) {
        loop.nextTick().add(task, dropped);
    }

    @Override
    public Object client() {
        return client;
    }

    /** In the usual mailbox, where nothing follows: runs a short action once all is done elsewhere, too. */
    public void afterAll(Runnable action) {
        List<Mailbox> others;
        synchronized (this) {
            others = elsewhere == null ? List.of() : List.copyOf(elsewhere.values());
        }
        var busy = new AtomicInteger(others.size() + 1);
        Runnable done = () -> {
            if (busy.decrementAndGet() == 0) {
                action.run();
            }
        };
        others.forEach(mailbox -> mailbox.post(done));
        done.run();
    }

    /** Runs a task in the usual mailbox that nothing from the loop may overtake. What waits there is returned. */
    HandlerTask postOrdered(Runnable task) {
        ordered.incrementAndGet();
        var turn = HandlerTask.of(task, ordered::decrementAndGet, true);
        post(turn);
        return turn;
    }

    /** The same for an event. */
    void postOrdered(ReceivedEvent event) {
        event.countsIn(ordered);
        post(event);
    }

    /** An event has its turn in the usual mailbox, and may be overtaken by what runs elsewhere. */
    void postOvertakable(ReceivedEvent event) {
        event.countsIn(overtakable);
        post(event);
    }

    private void post(HandlerTask turn) {
        var present = loop;
        if (usualOnLoop || !present.inLoop()) {
            usual.post(turn);
        } else {
            usual.post(turn, present.starts());
        }
    }

    /** Drops the events that wait, and connection handlers: their client had to go. */
    void discard() {
        usual.discard();
        List<Mailbox> others;
        synchronized (this) {
            others = elsewhere == null ? List.of() : List.copyOf(elsewhere.values());
        }
        others.forEach(Mailbox::discard);
        var answers = lane;
        if (answers != null) {
            answers.discard();
        }
    }

    /** Whether no task waits that may not be overtaken. */
    boolean noOrderedTaskWaits() {
        return ordered.get() == 0;
    }

    /** Whether no task of either kind waits or runs. */
    boolean isIdle() {
        return noOrderedTaskWaits() && overtakable.get() == 0;
    }
}
