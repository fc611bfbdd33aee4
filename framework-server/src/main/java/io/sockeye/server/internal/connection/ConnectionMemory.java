package io.sockeye.server.internal.connection;

import io.sockeye.protocol.CloseReason;
import io.sockeye.server.Overflow;
import io.sockeye.server.internal.socket.ConnectionSockets;
import io.sockeye.server.internal.socket.DisconnectReasons;
import java.util.List;

/** What one connection holds of the server's memory, and whether it rests because that is much. Owned by its loop. */
public final class ConnectionMemory {
    private final Connection connection;
    private final ConnectionSockets sockets;
    private final PacketAssembly packets;
    /** Since when it rests; meaningful while it does. */
    private long restsSinceMillis;

    ConnectionMemory(Connection connection, PacketAssembly packets) {
        this.connection = connection;
        this.sockets = connection.sockets();
        this.packets = packets;
    }

    /** What has arrived and is held. */
    public long inBytes() {
        var session = connection.session();
        long bytes = packets.bytes() + session.unreadBytes() + session.partialBytes();
        bytes += sockets.roomMemory().chargedBytes()
                + sockets.request().bytes()
                + connection.joins().bytes();
        for (var socket : sockets.all()) {
            bytes += socket.memory().bytes();
        }
        return bytes;
    }

    /** Of this, what becomes less by itself while the client rests. */
    long waitingBytes() {
        long bytes = connection.session().unreadBytes();
        for (var socket : sockets.all()) {
            bytes += socket.memory().waitingBytes();
        }
        return bytes;
    }

    /** What waits for the client, or for handlers that are told of what it is sent; also if others wait for the same. */
    long outBytes() {
        long bytes = connection.session().waitingBytes();
        for (var socket : sockets.all()) {
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
        if (wanted && !sockets.attention().pausedForMemory()) {
            restsSinceMillis = connection.shard().nowMillis();
        }
        sockets.attention().pausedForMemory(wanted);
    }

    /** For how long the client has been resting; 0 if it does not. */
    long restingMillis() {
        return sockets.attention().pausedForMemory() ? connection.shard().nowMillis() - restsSinceMillis : 0;
    }

    /** The connection ends: tells the application, if that is because there was too much. */
    void tell(CloseReason reason) {
        switch (reason) {
            case TOO_MANY_SESSIONS -> {
                if (sockets.size() > 0) { // The application does not know who is in no namespace.
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
                .add(new Overflow(List.copyOf(sockets.all()), DisconnectReasons.of(reason), inBytes(), outBytes()));
    }
}
