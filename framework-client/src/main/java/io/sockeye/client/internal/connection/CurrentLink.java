package io.sockeye.client.internal.connection;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The link over which all sockets of a client send, if there is one. Owned by the loop. */
public final class CurrentLink {
    private final WaitingBytes waitingBytes;
    /** Null while there is none. */
    private @Nullable Link link;
    /** Null unless the link is connected. */
    private volatile @Nullable TransportKind transport;

    CurrentLink(WaitingBytes waitingBytes) {
        this.waitingBytes = waitingBytes;
    }

    /** Counts what waits to be sent, of all sockets. Any thread. */
    public WaitingBytes waitingBytes() {
        return waitingBytes;
    }

    /** The transport of the connection; null unless there is one. Any thread. */
    @Nullable
    public TransportKind transport() {
        return transport;
    }

    @Nullable
    Link get() {
        return link;
    }

    boolean isCurrent(Link candidate) {
        return candidate == link;
    }

    /** A new link, which is about to connect. */
    void attach(Link fresh) {
        link = fresh;
    }

    /** The link is connected over this transport. */
    void connectedOver(TransportKind kind) {
        transport = kind;
    }

    /** Forgets the link and returns it; null if there was none. */
    @Nullable
    Link detach() {
        var last = link;
        link = null;
        transport = null;
        waitingBytes.inConnection(0);
        return last;
    }

    /** So many bytes wait in this link. */
    void updateWaitingBytes(Link holder, long bytes) {
        if (holder == link) {
            waitingBytes.inConnection(bytes);
        }
    }

    public boolean writable() {
        return link != null && link.writable();
    }

    public void send(List<EnginePacket> packets) {
        if (link != null) {
            link.send(packets);
        }
    }

    public void withdraw(List<EnginePacket> packets) {
        if (link != null) {
            link.withdraw(packets);
        }
    }

    /** See {@link io.sockeye.engine.session.ClientSession#tooLong}. */
    public long tooLong(List<EnginePacket> packets) {
        return link == null ? 0 : link.tooLong(packets);
    }

    /** Bytes that the server takes in one message; 0 if it has not said. */
    public long maxPayload() {
        return link == null ? 0 : link.maxPayload();
    }

    /** Ends a connection whose heartbeat is overdue, before something is sent over it. */
    public void checkHeartbeat() {
        if (link != null) {
            link.checkHeartbeat();
        }
    }
}
