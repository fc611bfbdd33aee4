package io.sockeye.server.internal.socket;

import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.DisconnectReason;

/** How one socket ends, because its client is gone or because the application wants it. Owned by the loop; only the first end counts. */
public final class Ending {
    private final LocalSocket socket;
    private final ConnectionSockets connection;
    private final Membership membership;
    private final HandlerCalls calls;

    Ending(LocalSocket socket, ConnectionSockets connection, Membership membership, HandlerCalls calls) {
        this.socket = socket;
        this.connection = connection;
        this.membership = membership;
        this.calls = calls;
    }

    /** Says goodbye; the client does not come back by itself. */
    public void leaveNamespace() {
        if (membership.connected()) {
            var goodbye = new SocketPacket.Disconnect(socket.namespace().name());
            connection.send(socket.context().parser().encode(goodbye));
            gone(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
        }
    }

    /** Says goodbye in all namespaces of the connection, and closes it. */
    public void leaveAllNamespaces() {
        if (membership.connected()) {
            connection.disconnect();
        }
    }

    /** Closes the connection without a goodbye. */
    void closeConnection() {
        if (membership.connected()) {
            connection.close(CloseReason.FORCED_CLOSE);
        }
    }

    /** The socket is gone. */
    public void gone(DisconnectReason reason) {
        if (!membership.connected()) {
            return;
        }
        connection.remove(socket);
        membership.leaves();
        membership.end(reason);
        socket.delivery().close();
        var then = connection.departures().begin(socket, reason, membership::handled);
        calls.disconnected(reason, membership.rooms()::leaveAll, then);
        membership.ended();
    }
}
