package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.socket.SocketEncoder;
import io.sockeye.socket.SocketPacket;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls the handlers of one socket, its namespace's before its own, one after another in its mailbox. */
final class HandlerCalls {
    private final Socket socket;
    private final ServerContext context;
    private final Mailbox mailbox;
    /** Null until the first handler of this socket alone. */
    private volatile @Nullable Handlers own;

    HandlerCalls(Socket socket, ServerContext context) {
        this.socket = socket;
        this.context = context;
        this.mailbox = new Mailbox(context.handlers());
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
        var present = socket.namespace().handlers().connection();
        if (!present.isEmpty()) {
            mailbox.post(() -> present.forEach(handler ->
                    context.guard(() -> handler.handle(socket), () -> "connection handler of socket " + socket.id())));
        }
    }

    void event(SocketPacket.Event event) {
        mailbox.post(() -> handle(event));
    }

    private void handle(SocketPacket.Event event) {
        String name = event.name();
        var ack = event.ackId() == SocketPacket.Event.NO_ACK ? Ack.NONE : Ack.of(values -> sendAck(event, values));
        var args = new Args(event.arguments().from(1), ack);
        forEach(
                handlers -> handlers.event(name),
                handler -> context.guard(
                        () -> handler.handle(socket, args),
                        () -> "handler of event '" + name + "' of socket " + socket.id()));
    }

    private void sendAck(SocketPacket.Event event, List<?> values) {
        var ack = new SocketPacket.Ack(
                event.namespace(), event.ackId(), context.json().array(values));
        var packets = SocketEncoder.encode(ack);
        socket.connection().shard().execute(() -> socket.deliver(packets, false));
    }

    /** @param betweenHandlers what happens after the disconnecting handlers and before the disconnect handlers */
    void disconnected(DisconnectReason reason, Runnable betweenHandlers) {
        mailbox.post(() -> {
            disconnected(Handlers::disconnecting, reason);
            betweenHandlers.run();
            disconnected(Handlers::disconnect, reason);
        });
    }

    private void disconnected(Function<Handlers, List<DisconnectHandler>> which, DisconnectReason reason) {
        forEach(
                which,
                handler -> context.guard(
                        () -> handler.handle(socket, reason), () -> "disconnect handler of socket " + socket.id()));
    }

    private <H> void forEach(Function<Handlers, List<H>> which, Consumer<H> call) {
        which.apply(socket.namespace().handlers()).forEach(call);
        var present = own;
        if (present != null) {
            which.apply(present).forEach(call);
        }
    }
}
