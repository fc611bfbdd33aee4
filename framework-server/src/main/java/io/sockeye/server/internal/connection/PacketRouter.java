package io.sockeye.server.internal.connection;

import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.internal.socket.ConnectionSockets;
import io.sockeye.server.internal.socket.LocalSocket;

/** Takes the packets of one client to the socket that they are for, or to those who decide whether there will be one. Owned by the connection's loop. */
final class PacketRouter {
    private final ConnectionSockets sockets;
    private final Joins joins;
    private final int maxNamespaces;

    PacketRouter(ConnectionSockets sockets, Joins joins, int maxNamespaces) {
        this.sockets = sockets;
        this.joins = joins;
        this.maxNamespaces = maxNamespaces;
    }

    /** @throws ProtocolException if the client must not send that */
    void receive(SocketPacket packet) {
        if (packet instanceof SocketPacket.Connect connect) {
            connect(connect);
        } else if (packet instanceof SocketPacket.Event event) {
            joined(event).receive(event);
        } else if (packet instanceof SocketPacket.Ack ack) {
            joined(ack).delivery().receive(ack);
        } else if (packet instanceof SocketPacket.Disconnect disconnect) {
            joined(disconnect).ending().gone(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        } else {
            throw misuse("a client sent CONNECT_ERROR");
        }
    }

    /**
     * The client wants to join a namespace.
     *
     * @throws ProtocolException if it must not ask for that
     */
    void connect(SocketPacket.Connect packet) {
        var candidate = joins.candidate(packet);
        String name = candidate.namespace();
        if (sockets.in(name) != null) {
            throw misuse("a second CONNECT to " + name);
        }
        if (sockets.size() + joins.others(name) >= maxNamespaces) {
            throw misuse("namespaces: more than " + maxNamespaces);
        }
        joins.connect(candidate);
    }

    private LocalSocket joined(SocketPacket packet) {
        var socket = sockets.in(packet.namespace());
        if (socket == null) {
            throw misuse("a packet for a namespace that was not joined: " + packet.namespace());
        }
        return socket;
    }

    private static ProtocolException misuse(String message) {
        return new ProtocolException(message, CloseReason.FORCED_CLOSE);
    }
}
