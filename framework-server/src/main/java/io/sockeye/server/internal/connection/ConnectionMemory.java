package io.sockeye.server.internal.connection;

import io.sockeye.protocol.CloseReason;
import io.sockeye.server.Overflow;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.rooms.RoomMemory;
import io.sockeye.server.internal.socket.DisconnectReasons;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.RequestMemory;
import java.util.Collection;
import java.util.List;

/** What one connection holds of the server's memory, and whether it rests because that is much. Owned by its loop. */
public final class ConnectionMemory {
    private final Connection connection;
    private final Collection<LocalSocket> sockets;
    private final PacketAssembly packets;
    private final RoomMemory rooms;
    private final RequestMemory request;
    /** Since when it rests; meaningful while it does. */
    private long restsSinceMillis;

    /** @param sockets those of the connection at any time */
    ConnectionMemory(
            Connection connection, Collection<LocalSocket> sockets, PacketAssembly packets, HttpRequest request) {
        this.connection = connection;
        this.sockets = sockets;
        this.packets = packets;
        this.rooms = new RoomMemory(connection.context().memory().in());
        this.request = new RequestMemory(request, connection.context().memory().in());
    }

    /** What has arrived and is held. */
    public long inBytes() {
        var session = connection.session();
        long bytes = packets.bytes() + session.unreadBytes() + session.partialBytes();
        bytes += rooms.chargedBytes() + request.bytes() + connection.joins().bytes();
        for (var socket : sockets) {
            bytes += socket.memory().bytes();
        }
        return bytes;
    }

    /** Of this, what becomes less by itself while the client rests. */
    long waitingBytes() {
        long bytes = connection.session().unreadBytes();
        for (var socket : sockets) {
            bytes += socket.memory().waitingBytes();
        }
        return bytes;
    }

    /** For the rooms of its sockets. */
    public RoomMemory rooms() {
        return rooms;
    }

    /** For the request that has opened the connection. */
    public RequestMemory request() {
        return request;
    }

    /** What waits for the client, or for handlers that are told of what it is sent; also if others wait for the same. */
    long outBytes() {
        long bytes = connection.session().waitingBytes();
        for (var socket : sockets) {
            bytes += socket.memory().overheardBytes();
        }
        return bytes;
    }

    /** Whether the client does not ask for what waits. */
    boolean isAway() {
        var transport = connection.session().transport();
        return transport.collects() && !transport.writable();
    }

    /** Lets the client rest, or reads what it sends again. */
    void rest(boolean wanted) {
        if (wanted && !connection.attention().pausedForMemory()) {
            restsSinceMillis = connection.shard().nowMillis();
        }
        connection.attention().pausedForMemory(wanted);
    }

    /** For how long the client has been resting; 0 if it does not. */
    long restingMillis() {
        return connection.attention().pausedForMemory() ? connection.shard().nowMillis() - restsSinceMillis : 0;
    }

    /** The connection ends: tells the application, if that is because there was too much. */
    void tell(CloseReason reason) {
        switch (reason) {
            case TOO_MANY_SESSIONS -> {
                if (!sockets.isEmpty()) { // The application does not know who is in no namespace.
                    overflow(reason);
                }
            }
            case OUTBOX_OVERFLOW, MAILBOX_OVERFLOW, MEMORY -> overflow(reason);
            case TRANSPORT_ERROR, TRANSPORT_CLOSE, FORCED_CLOSE, PING_TIMEOUT, PARSE_ERROR, SERVER_SHUTTING_DOWN -> {}
        }
    }

    private void overflow(CloseReason reason) {
        connection
                .context()
                .overflows()
                .add(new Overflow(List.copyOf(sockets), DisconnectReasons.of(reason), inBytes(), outBytes()));
    }
}
