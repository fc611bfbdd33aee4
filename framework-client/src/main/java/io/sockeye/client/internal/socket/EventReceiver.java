package io.sockeye.client.internal.socket;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.SocketPacket;
import java.util.List;

/**
 * The server's events of one socket on their way to its handlers, and the acknowledgements on their way back. Owned by the
 * loop.
 */
final class EventReceiver {
    private final SocketContext context;
    private final SocketState socket;
    private final NamespaceJoin join;
    private final EarlyEvents early;
    private final Backlog backlog;

    EventReceiver(SocketContext context, SocketState socket, NamespaceJoin join) {
        this.context = context;
        this.socket = socket;
        this.join = join;
        this.early = new EarlyEvents(context.options().engineSettings().limits().maxPayload());
        this.backlog = new Backlog(context, socket);
    }

    /** Passes an event to its handlers, at once or as soon as the socket is connected. */
    void receive(SocketPacket.Event event) {
        if (socket.isConnecting()) {
            early.add(event);
        } else {
            handle(event);
        }
    }

    /** The socket is connected: what arrived before may be handled. */
    void handleEarly() {
        early.take().forEach(this::handle);
    }

    /** What arrived before the socket was connected belongs to a connection that has ended. */
    void discardEarly() {
        early.take();
    }

    private void handle(SocketPacket.Event event) {
        join.recordOffset(event);
        int connection = join.connection();
        backlog.add();
        context.callbacks()
                .event(
                        event,
                        packets -> context.loop().execute(() -> acknowledge(event, connection, packets)),
                        backlog::remove);
    }

    /** An acknowledgement is sent on the connection on which it was asked for, or not at all. */
    private void acknowledge(SocketPacket.Event event, int connection, List<EnginePacket> packets) {
        if (connection == join.connection() && socket.isConnected()) {
            socket.sender().acknowledge(event, packets);
        }
    }
}
