package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.socket.SocketPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handlers of one socket, its namespace's before its own, one after another in its mailbox. Handlers with an
 * executor of their own have a mailbox there.
 */
final class HandlerCalls {
    private final Socket socket;
    private final ServerContext context;
    private final HandlerMailboxes mailboxes;
    private final Backlog backlog;
    /** Null until the first handler of this socket alone. */
    private volatile @Nullable Handlers own;

    HandlerCalls(Socket socket, HandlerMailboxes mailboxes) {
        this.socket = socket;
        this.context = socket.context();
        this.mailboxes = mailboxes;
        this.backlog = new Backlog(socket, context.mailboxLimit());
    }

    HandlerMailboxes mailboxes() {
        return mailboxes;
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
        var present = all(Handlers::connection);
        if (!present.isEmpty()) {
            mailboxes.takeTurn(() -> present.forEach(handler ->
                    context.guard(() -> handler.handle(socket), () -> "connection handler of socket " + socket.id())));
        }
    }

    /** On the loop: an event arrived. */
    void event(SocketPacket.Event event) {
        backlog.add();
        if (mailboxes.noTurnWaits() && !plain() && !checked()) {
            dispatch(event.name(), argsOf(event), false);
            backlog.remove();
        } else {
            mailboxes.takeTurn(() -> {
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
            (executor == null ? mailboxes.usual() : mailboxes.on(executor)).post(() -> {
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
            mailboxes
                    .usual()
                    .post(() -> tell(
                            catchAll, event.name(), new Args(event.arguments().from(1), Ack.NONE)));
        }
    }

    /**
     * @param betweenHandlers what happens after the disconnecting handlers and before the disconnect handlers
     * @param afterHandlers what happens after both
     */
    void disconnected(DisconnectReason reason, Runnable betweenHandlers, Runnable afterHandlers) {
        backlog.close();
        mailboxes.usual().post(() -> {
            disconnected(Handlers::disconnecting, reason);
            betweenHandlers.run();
            disconnected(Handlers::disconnect, reason);
        });
        mailboxes.usual().post(afterHandlers);
    }

    private void disconnected(Function<Handlers, List<DisconnectHandler>> which, DisconnectReason reason) {
        for (var handler : all(which)) {
            context.guard(() -> handler.handle(socket, reason), () -> "disconnect handler of socket " + socket.id());
        }
    }
}
