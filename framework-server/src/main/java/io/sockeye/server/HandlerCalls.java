package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.socket.SocketPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handlers of one socket, its namespace's before its own, one after another in its mailbox. Handlers with an
 * executor of their own have a mailbox there.
 */
final class HandlerCalls {
    private final Socket socket;
    private final ServerContext context;
    private final Mailbox mailbox;
    private final Backlog backlog;
    /** Null until the first handler of this socket alone. */
    private volatile @Nullable Handlers own;
    /** Those of handlers with an executor of their own; null until the first one, guarded by this. */
    private @Nullable Map<Executor, Mailbox> elsewhere;
    /** Connection handlers and events in the mailbox that have not had their turn: nothing from the loop may overtake them. */
    private final AtomicInteger turns = new AtomicInteger();

    HandlerCalls(Socket socket, Mailbox mailbox) {
        this.socket = socket;
        this.context = socket.context();
        this.mailbox = mailbox;
        this.backlog = new Backlog(socket, context.mailboxLimit());
    }

    Mailbox mailbox() {
        return mailbox;
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

    private synchronized Mailbox mailboxOn(Executor executor) {
        if (elsewhere == null) {
            elsewhere = new HashMap<>(2);
        }
        return elsewhere.computeIfAbsent(
                executor,
                key -> context.mailbox(
                        key == HandlerExecutor.EVENT_LOOP ? socket.connection().shard()::execute : key));
    }

    void connected() {
        var present = all(Handlers::connection);
        if (!present.isEmpty()) {
            takeTurn(() -> present.forEach(handler ->
                    context.guard(() -> handler.handle(socket), () -> "connection handler of socket " + socket.id())));
        }
    }

    private void takeTurn(Runnable task) {
        turns.incrementAndGet();
        mailbox.post(() -> {
            try {
                task.run();
            } finally {
                turns.decrementAndGet();
            }
        });
    }

    /** On the loop: an event arrived. */
    void event(SocketPacket.Event event) {
        backlog.add();
        if (turns.get() == 0 && !plain() && !checked()) {
            dispatch(event.name(), argsOf(event), false);
            backlog.remove();
        } else {
            takeTurn(() -> {
                try {
                    handle(event.name(), argsOf(event));
                } finally {
                    backlog.remove();
                }
            });
        }
    }

    /** In the mailbox, and not before: what an earlier turn added, such as middleware, counts for this event. */
    private void handle(String event, Args args) {
        if (plain()) {
            for (var listener : listeners(event)) {
                call(listener, event, args);
            }
        } else if (passes(event, args)) {
            dispatch(event, args, true);
        }
    }

    private boolean plain() {
        for (var handlers : socket.namespace().handlerChain()) {
            if (!handlers.plain()) {
                return false;
            }
        }
        var present = own;
        return present == null || present.plain();
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
            boolean passed = context.guard(
                    () -> step.check(socket, event, args),
                    () -> "middleware for event '" + event + "' of socket " + socket.id());
            if (!passed) {
                return false;
            }
        }
        return true;
    }

    private void tell(List<AnyHandler> catchAll, String event, Args args) {
        for (var handler : catchAll) {
            context.guard(
                    () -> handler.handle(socket, event, args), () -> "catch-all handler of socket " + socket.id());
        }
    }

    /** Has each handler called where it belongs, those of one place in order. */
    private void dispatch(String event, Args args, boolean inMailbox) {
        for (var listener : listeners(event)) {
            var executor = listener.executor();
            if (executor == null && inMailbox) {
                call(listener, event, args);
                continue;
            }
            backlog.count();
            (executor == null ? mailbox : mailboxOn(executor)).post(() -> {
                try {
                    call(listener, event, args);
                } finally {
                    backlog.remove();
                }
            });
        }
    }

    private void call(Listener listener, String event, Args args) {
        if (listener.once() && !own().take(event, listener)) {
            return;
        }
        context.guard(
                () -> listener.handler().handle(socket, args),
                () -> "handler of event '" + event + "' of socket " + socket.id());
    }

    private void sendAck(SocketPacket.Event event, List<?> values) {
        var ack = new SocketPacket.Ack(
                event.namespace(), event.ackId(), context.json().array(values));
        var packets = context.parser().encode(ack);
        socket.connection().shard().execute(() -> socket.send(packets));
    }

    /** On the loop: an event is sent to the client. */
    void outgoing(SocketPacket.Event event) {
        var catchAll = all(Handlers::anyOutgoing);
        if (!catchAll.isEmpty()) {
            mailbox.post(() ->
                    tell(catchAll, event.name(), new Args(event.arguments().from(1), Ack.NONE)));
        }
    }

    /** @param betweenHandlers what happens after the disconnecting handlers and before the disconnect handlers */
    void disconnected(DisconnectReason reason, Runnable betweenHandlers) {
        backlog.close();
        mailbox.post(() -> {
            disconnected(Handlers::disconnecting, reason);
            betweenHandlers.run();
            disconnected(Handlers::disconnect, reason);
        });
    }

    private void disconnected(Function<Handlers, List<DisconnectHandler>> which, DisconnectReason reason) {
        for (var handler : all(which)) {
            context.guard(() -> handler.handle(socket, reason), () -> "disconnect handler of socket " + socket.id());
        }
    }
}
