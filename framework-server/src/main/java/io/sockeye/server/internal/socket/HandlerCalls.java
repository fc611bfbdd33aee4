package io.sockeye.server.internal.socket;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.AnyHandler;
import io.sockeye.server.DisconnectHandler;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.handlers.Handlers;
import io.sockeye.server.internal.handlers.Listener;
import io.sockeye.server.internal.threads.HandlerTask;
import io.sockeye.server.internal.threads.UserCalls;
import io.sockeye.server.internal.threads.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handlers of one socket, its namespace's before its own, one after another in its mailbox. Handlers with an
 * executor of their own have a mailbox there.
 */
final class HandlerCalls {
    private final LocalSocket socket;
    private final ServerContext context;
    private final HandlerMailboxes mailboxes;
    private final SentEventBacklog overheard;
    /** Null until the first handler of this socket alone. */
    private volatile @Nullable Handlers own;

    private final ConnectionHandlersCall introduction;
    /** How many handlers with an executor there were when the usual mailbox was last seen idle; owned by the loop. */
    private int executorHandlersBefore;

    HandlerCalls(LocalSocket socket, HandlerMailboxes mailboxes) {
        this.socket = socket;
        this.context = socket.context();
        this.mailboxes = mailboxes;
        this.introduction = new ConnectionHandlersCall(socket, mailboxes);
        this.overheard = new SentEventBacklog(
                context.engine().limits().outboxBytes(), context.memory().out());
    }

    HandlerMailboxes mailboxes() {
        return mailboxes;
    }

    SentEventBacklog overheard() {
        return overheard;
    }

    /** The handlers of this socket alone. */
    synchronized Handlers own() {
        var present = own;
        if (present == null) {
            present = new Handlers();
            own = present;
        }
        return present;
    }

    void connected() {
        var connection = socket.connection();
        mailboxes.joined(connection.session().sid());
        mailboxes.backlog().restIfFull(connection);
        introduction.begin(all(Handlers::connection));
    }

    /** On the loop: the connection goes on over another transport. */
    void upgraded(TransportKind transport) {
        mailboxes.postOrdered(() -> known(Handlers::upgrade)
                .forEach(handler -> context.calls()
                        .guard(
                                () -> handler.handle(socket, transport),
                                () -> "upgrade handler of socket " + socket.id())));
    }

    /** On the loop: an event arrived. */
    void event(SocketPacket.Event event) {
        introduction.needed();
        var arrival = new ReceivedEvent(this, event, argsOf(event));
        arrival.countAsWaiting(socket.connection());
        if (mayOvertake()) {
            postToExecutors(arrival);
        } else {
            mailboxes.postOrdered(arrival);
        }
    }

    /** Whether handlers with an executor need not wait for what is in the usual mailbox. */
    private boolean mayOvertake() {
        int present = executorHandlers();
        if (present == 0 || checked() || !mailboxes.noOrderedTaskWaits()) {
            return false;
        }
        if (mailboxes.isIdle()) {
            executorHandlersBefore = present;
        }
        // Those that were added meanwhile are called for what waits as well, and before they are for this event.
        return present == executorHandlersBefore;
    }

    /** Calls handlers with an executor; the others see at their turn what those of earlier events have added. */
    private void postToExecutors(ReceivedEvent arrival) {
        var called = new ArrayList<Listener>();
        boolean turn = !mailboxes.isIdle();
        for (var listener : listeners(arrival.event())) {
            var executor = listener.executor();
            if (executor == null) {
                turn = true;
            } else {
                callOn(executor, listener, arrival);
                called.add(listener);
            }
        }
        if (turn) {
            arrival.called(called);
            mailboxes.postOvertakable(arrival);
        } else {
            arrival.release();
        }
    }

    /** In the mailbox, and not before: what an earlier turn added, such as middleware, counts for this event. */
    void handle(ReceivedEvent arrival) {
        if (checked() && !passes(arrival.event(), arrival.args())) {
            return;
        }
        var called = arrival.called();
        var rest = called.isEmpty() ? null : new ArrayList<>(called);
        for (var listener : listeners(arrival.event())) {
            var executor = listener.executor();
            if (executor == null) {
                call(listener, arrival.event(), arrival.args());
            } else if (rest == null || !rest.remove(listener)) {
                callOn(executor, listener, arrival);
            }
        }
    }

    /** How many handlers with an executor were ever added. */
    private int executorHandlers() {
        int executorHandlers = 0;
        for (var handlers : socket.namespace().handlerChain()) {
            executorHandlers += handlers.executorHandlers();
        }
        var present = own;
        return present == null ? executorHandlers : executorHandlers + present.executorHandlers();
    }

    private boolean checked() {
        for (var handlers : socket.namespace().handlerChain()) {
            if (handlers.checked()) {
                return true;
            }
        }
        var present = own;
        return present != null && present.checked();
    }

    private Args argsOf(SocketPacket.Event event) {
        var ack = event.ackId() == SocketPacket.NO_ACK ? Ack.NONE : Ack.of(values -> sendAck(event, values));
        return new Args(event.arguments().from(1), ack);
    }

    private List<Listener> listeners(String event) {
        return all(handlers -> handlers.event(event));
    }

    /** In the usual mailbox: the same, but nothing for a socket that the application does not know. */
    private <H> List<H> known(Function<Handlers, List<H>> which) {
        return introduction.isDone() ? all(which) : List.of();
    }

    /** What the handlers of all levels have, the namespace's first. */
    private <H> List<H> all(Function<Handlers, List<H>> which) {
        var chain = socket.namespace().handlerChain();
        var present = own;
        if (chain.size() == 1 && present == null) {
            return which.apply(chain.get(0));
        }
        var all = new ArrayList<H>();
        chain.forEach(handlers -> all.addAll(which.apply(handlers)));
        if (present != null) {
            all.addAll(which.apply(present));
        }
        return all;
    }

    /** In the mailbox: tells the catch-all handlers; whether middleware lets the event go on then. */
    private boolean passes(String event, Args args) {
        tell(all(Handlers::any), event, args);
        for (var step : all(Handlers::middleware)) {
            boolean passed = guard(
                    () -> step.check(socket, event, args),
                    args,
                    () -> "middleware for event '" + event + "' of socket " + socket.id());
            if (!passed) {
                return false;
            }
        }
        return true;
    }

    private void tell(List<AnyHandler> catchAll, String event, Args args) {
        for (var handler : catchAll) {
            guard(() -> handler.handle(socket, event, args), args, () -> "catch-all handler of socket " + socket.id());
        }
    }

    private void callOn(Executor executor, Listener listener, ReceivedEvent arrival) {
        arrival.hold();
        mailboxes
                .on(executor)
                .post(HandlerTask.ofWeight(
                        arrival.weight(), () -> call(listener, arrival.event(), arrival.args()), arrival::release));
    }

    private void call(Listener listener, String event, Args args) {
        if (listener.once() && !own().take(event, listener)) {
            return;
        }
        guard(
                () -> listener.handler().handle(socket, args),
                args,
                () -> "handler of event '" + event + "' of socket " + socket.id());
    }

    /** Runs user code for an event; if it refuses the event, that is the answer. */
    private boolean guard(UserCalls.UserCode code, Args args, Supplier<String> where) {
        return context.calls().guard(code, where, error -> context.refusals().failed(error, args, where.get()));
    }

    private void sendAck(SocketPacket.Event event, List<?> values) {
        var ack = new SocketPacket.Ack(
                event.namespace(), event.ackId(), context.json().array(values));
        var packets = context.parser().encode(ack);
        socket.connection().loop().inCallOrder(() -> socket.delivery().packets(packets));
    }

    /** On the loop: an event is sent to the client. */
    void outgoing(Outgoing outgoing) {
        var catchAll = all(Handlers::anyOutgoing);
        if (catchAll.isEmpty()) {
            return;
        }
        long weight = Weight.ofSent(outgoing.event().arguments());
        if (overheard.add(outgoing, this::tooSlow)) {
            mailboxes
                    .usual()
                    .post(HandlerTask.ofWeight(
                            weight, () -> overhear(outgoing, catchAll), () -> overheard.remove(outgoing)));
        }
    }

    private void overhear(Outgoing outgoing, List<AnyHandler> catchAll) {
        var event = outgoing.event();
        tell(
                introduction.isDone() ? catchAll : List.of(),
                event.name(),
                new Args(event.arguments().from(1), Ack.NONE));
    }

    private void tooSlow() {
        var error = new IllegalStateException("sent events are not told of: too many wait for onAnyOutgoing");
        mailboxes.usual().post(() -> context.calls().report(error, "catch-all handlers of socket " + socket.id()));
    }

    /**
     * On the loop: the socket is gone.
     *
     * @param betweenHandlers what happens after the disconnecting handlers and before the disconnect handlers
     * @param afterHandlers what happens after both
     */
    void disconnected(DisconnectReason reason, Runnable betweenHandlers, HandlerTask afterHandlers) {
        mailboxes.backlog().close(socket.connection());
        if (reason == DisconnectReason.MEMORY) {
            mailboxes.discard();
        }
        Runnable handlers = () -> {
            disconnected(Handlers::disconnecting, reason);
            betweenHandlers.run();
            disconnected(Handlers::disconnect, reason);
        };
        var farewell = List.of(HandlerTask.of(handlers, () -> {}, false), afterHandlers);
        farewell.forEach(mailboxes.usual()::post);
        if (own == null && !socket.membership().mayComeBack()) {
            introduction.gone(farewell);
        }
    }

    private void disconnected(Function<Handlers, List<DisconnectHandler>> which, DisconnectReason reason) {
        for (var handler : known(which)) {
            context.calls()
                    .guard(() -> handler.handle(socket, reason), () -> "disconnect handler of socket " + socket.id());
        }
    }
}
